package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.readiness.PostgresProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Creates the roles and databases of a spec, and runs its scripts once on fresh data.
 *
 * @param main how to reach its main database
 */
record PostgresFurnisher(String service, PostgresProbe main) {

    void furnish(ServiceSpec spec, boolean freshData) {
        // Checked before anything is created.
        List<Path> scripts = freshData ? InitScripts.of(spec).files() : List.of();
        if (!spec.roles().isEmpty() || !spec.databases().isEmpty()) {
            makeRolesAndDatabases(spec);
        }
        scripts.forEach(this::run);
    }

    private void makeRolesAndDatabases(ServiceSpec spec) {
        try (Connection connection = main.connectForWork();
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> role : new TreeMap<>(spec.roles()).entrySet()) {
                if (isAbsent(connection, "SELECT FROM pg_roles WHERE rolname = ?", role.getKey())) {
                    statement.execute("CREATE ROLE " + statement.enquoteIdentifier(role.getKey(), true)
                            + " LOGIN PASSWORD " + statement.enquoteLiteral(role.getValue()));
                }
            }
            for (String database : spec.databases()) {
                if (isAbsent(connection, "SELECT FROM pg_database WHERE datname = ?", database)) {
                    statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(database, true));
                }
            }
        } catch (SQLException e) {
            throw new DevServicesException(
                    "Cannot create the roles and databases of " + service + ": " + e.getMessage()
                            + "\nCorrect <roles> and <databases> of the service and start again.",
                    e);
        }
    }

    /**
     * In one transaction, unless the script says otherwise or is a single statement, which may be one that Postgres
     * allows only outside of transactions. On a separate connection, so that the script's settings do not affect the
     * next one.
     */
    private void run(Path script) {
        List<SqlStatement> statements =
                SqlScript.statements(new String(InitScripts.read(script), StandardCharsets.UTF_8));
        SqlStatement current = null;
        try (Connection connection = main.connectForWork();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            connection.setAutoCommit(statements.size() == 1);
            for (SqlStatement next : statements) {
                current = next;
                statement.execute(next.text());
            }
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new DevServicesException(
                    "The init script " + script + (current == null ? "" : ", line " + current.lineOf(e))
                            + ", failed on " + service + ": " + SqlStatement.reason(e)
                            + (current == null ? "" : "\n  in: " + current.beginning())
                            + "\nCorrect the script and start again; it then runs again from its beginning.",
                    e);
        }
    }

    private static boolean isAbsent(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return !result.next();
            }
        }
    }
}
