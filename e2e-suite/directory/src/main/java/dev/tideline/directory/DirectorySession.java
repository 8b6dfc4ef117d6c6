package dev.tideline.directory;

import dev.tideline.directory.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What the app does to its tables, one method for one statement, within whatever transaction the connection is in. For
 * one thread. Closing it leaves the connection open.
 */
public final class DirectorySession implements AutoCloseable {

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    /** Works on this connection, which stays the caller's. */
    public DirectorySession(Connection connection) {
        this.connection = connection;
    }

    public void addTenancy(String tenant, String displayName) throws SQLException {
        run("add-tenancy", tenant, displayName);
    }

    /** @param url where the tenant's rows are to go, {@code postgres://…} */
    public void addExternalDatabase(String tenant, String name, String url) throws SQLException {
        run("add-external-database", tenant, name, url);
    }

    public void addUser(String tenant, UUID user, String displayName, boolean anonymous) throws SQLException {
        run("add-user", tenant, user, displayName, anonymous);
    }

    public void renameUser(String tenant, UUID user, String displayName) throws SQLException {
        run("rename-user", displayName, tenant, user);
    }

    /** An anonymous user signs up. */
    public void identifyUser(String tenant, UUID user, String displayName) throws SQLException {
        run("identify-user", displayName, tenant, user);
    }

    /** Deletes a user and its contact channels. */
    public void deleteUser(String tenant, UUID user) throws SQLException {
        run("delete-user", tenant, user);
    }

    public void addChannel(String tenant, UUID user, UUID channel, String address, boolean primary)
            throws SQLException {
        run("add-channel", tenant, user, channel, address, primary);
    }

    /** A user has one primary channel at most: demote the old one first. */
    public void setPrimary(String tenant, UUID channel, boolean primary) throws SQLException {
        run("set-primary", primary, tenant, channel);
    }

    public void verifyChannel(String tenant, UUID channel) throws SQLException {
        run("verify-channel", tenant, channel);
    }

    public void deleteChannel(String tenant, UUID channel) throws SQLException {
        run("delete-channel", tenant, channel);
    }

    private void run(String operation, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(operation);
        if (statement == null) {
            statement = connection.prepareStatement(Sql.read(DirectorySession.class, "sql/" + operation));
            statements.put(operation, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        int rows = statement.executeUpdate();
        if (rows != 1) {
            throw new SQLException(operation + " met " + rows
                    + " rows and not 1: somebody else changes the rows of this session's writer");
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
