package dev.tideline.sync;

import dev.tideline.devservices.provider.embedded.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database of one test; closing it drops it, whoever is still connected. */
public final class TestDatabase implements AutoCloseable {

    private final PostgresServer server;
    private final String name;

    private TestDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A new, empty database of a server; for tests that have servers of their own. */
    public static TestDatabase create(PostgresServer server, String name) {
        return create(server, name, "");
    }

    /** The same with more of {@code CREATE DATABASE}. */
    static TestDatabase create(PostgresServer server, String name, String options) {
        TestDatabase database = new TestDatabase(server, name);
        database.administer("CREATE DATABASE " + name + options);
        return database;
    }

    /** A database that is there, and that somebody else drops. */
    public static TestDatabase existing(PostgresServer server, String name) {
        return new TestDatabase(server, name);
    }

    public String name() {
        return name;
    }

    public int port() {
        return server.port();
    }

    /** {@code postgres://postgres:postgres@127.0.0.1:<port>/<name>}. */
    public String url() {
        return server.url(name);
    }

    /** The same for another user. */
    public String url(String user, String password) {
        return "postgres://" + user + ":" + password + "@" + PostgresServer.HOST + ":" + port() + "/" + name;
    }

    /** A connection as superuser, in autocommit mode. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(name));
    }

    /** Runs statements, one after the other, each in a transaction of its own. */
    public TestDatabase execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException("in database " + name + ": " + e.getMessage(), e);
        }
    }

    /** All rows, each as its columns' texts. */
    public List<List<String>> rows(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("in database " + name + ": " + e.getMessage(), e);
        }
    }

    /** The only column of the only row. */
    public String value(String query) {
        return rows(query).get(0).get(0);
    }

    @Override
    public void close() {
        administer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private void administer(String sql) {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(PostgresServer.DATABASE));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + ": " + e.getMessage(), e);
        }
    }
}
