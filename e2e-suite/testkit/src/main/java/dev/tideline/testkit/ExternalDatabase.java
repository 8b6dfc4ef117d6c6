package dev.tideline.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A customer's database, created for one test. It can be stopped and made read-only without touching any other database
 * on the same server, so that tests can do so in parallel. Safe for use by several threads. Obtained from {@link
 * ExternalDatabases#create}.
 */
public final class ExternalDatabase implements AutoCloseable {
    private final DatabaseServer server;
    private final String name;

    ExternalDatabase(DatabaseServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Its name on the server, which needs no quotes. */
    public String name() {
        return name;
    }

    /** {@code postgres://user:password@host:port/database}, as in {@code tideline.yaml}, for the superuser. */
    public String url() {
        return server.url(name).whole();
    }

    /** {@code jdbc:postgresql://host:port/database?user=…&password=…}, for the superuser. */
    public String jdbcUrl() {
        return server.url(name).wholeJdbc();
    }

    /**
     * {@code postgres://user:password@host:port/database} for a user who may only connect, and read what everybody may
     * read. The password changes with each call.
     *
     * @throws ExternalDatabaseException if the server refuses to create the user
     */
    public String readerUrl() {
        return server.createReader(name, UUID.randomUUID().toString()).whole();
    }

    /**
     * Opens a connection as the superuser.
     *
     * @throws SQLException if the database rejects it
     */
    public Connection connect() throws SQLException {
        return server.url(name).connect();
    }

    /**
     * Opens a connection as the user of {@link #readerUrl()}.
     *
     * @throws SQLException if the database rejects it
     */
    public Connection connectAsReader() throws SQLException {
        return PostgresUrl.parse(readerUrl()).connect();
    }

    /**
     * Makes the database reject all connections, and cuts existing ones before it returns. The data stays.
     *
     * @throws ExternalDatabaseException if the server does not answer
     * @throws NotInTimeError if a connection could not be cut within 10 s
     */
    public void stop() {
        server.close(name);
    }

    /**
     * Cuts every connection and accepts new ones again, whether the database was stopped or not.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void restart() {
        server.close(name);
        server.open(name);
    }

    /**
     * Makes transactions read-only by default, and cuts every connection, so that it applies at once. As on a standby,
     * writes fail with SQLSTATE 25006; unlike there, a client that says {@code SET TRANSACTION READ WRITE} may write.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void readOnly() {
        server.readOnly(name, true);
    }

    /**
     * Reverts {@link #readOnly()}, and cuts every connection.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void writable() {
        server.readOnly(name, false);
    }

    /**
     * Removes the database, whoever is connected to it. Does nothing if it is gone already.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void drop() {
        server.drop(name);
    }

    /** As {@link #drop()}. */
    @Override
    public void close() {
        drop();
    }

    /** Its name; never its password. */
    @Override
    public String toString() {
        return name;
    }
}
