package dev.tideline.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * A customer's database, made for one test. It can be stopped and made read-only without touching any other database on
 * the same server, so that tests do so in parallel. Safe for use by several threads. Obtained from
 * {@link ExternalDatabases#create}.
 */
public final class ExternalDatabase implements AutoCloseable {
    private final DatabaseServer server;
    private final String name;

    ExternalDatabase(DatabaseServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /**
     * Its name on the server.
     *
     * @return needs no quotes
     */
    public String name() {
        return name;
    }

    /**
     * Its address with the superuser's name and password, as {@code tideline.yaml} takes it.
     *
     * @return {@code postgres://user:password@host:port/database}
     */
    public String url() {
        return server.url(name).whole();
    }

    /**
     * Its address for JDBC, with the superuser's name and password.
     *
     * @return {@code jdbc:postgresql://host:port/database?user=…&password=…}
     */
    public String jdbcUrl() {
        return server.url(name).wholeJdbc();
    }

    /**
     * The address for a user who may connect and read what everybody may read, and nothing else. The password changes
     * with each call.
     *
     * @return {@code postgres://user:password@host:port/database}
     * @throws ExternalDatabaseException if the server does not let the user be made
     */
    public String readerUrl() {
        return server.createReader(name, UUID.randomUUID().toString()).whole();
    }

    /**
     * Opens a connection as the superuser.
     *
     * @return to be closed by the caller
     * @throws SQLException if the database does not let it in
     */
    public Connection connect() throws SQLException {
        return server.url(name).connect();
    }

    /**
     * Opens a connection as the user of {@link #readerUrl()}.
     *
     * @return to be closed by the caller
     * @throws SQLException if the database does not let it in
     */
    public Connection connectAsReader() throws SQLException {
        return PostgresUrl.parse(readerUrl()).connect();
    }

    /**
     * Makes the database refuse everybody, and cuts every connection: when this returns, none is left. The data stays.
     *
     * @throws ExternalDatabaseException if the server does not answer
     * @throws NotInTimeError if a connection could not be cut within 10 s
     */
    public void stop() {
        server.close(name);
    }

    /**
     * Cuts every connection and lets everybody in again, whether the database was stopped or not.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void restart() {
        server.close(name);
        server.open(name);
    }

    /**
     * Makes every transaction read-only that does not ask for more, and cuts every connection, so that it holds at once.
     * As with a standby, writing fails with SQL state 25006; unlike there, a client that says
     * {@code SET TRANSACTION READ WRITE} may write.
     *
     * @throws ExternalDatabaseException if the server does not answer
     */
    public void readOnly() {
        server.readOnly(name, true);
    }

    /**
     * Takes {@link #readOnly()} back, and cuts every connection.
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
