package dev.tideline.sync.jdbc;

import dev.tideline.sync.config.ConnectionFailedException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/** Turns an address into connections whose sessions all behave the same. Safe for use by many threads. */
public final class PostgresConnections {

    /**
     * The form in which a session writes and reads values: the same on both sides, so that a value's text means the
     * same on both.
     */
    private static final String SESSION = "-c TimeZone=UTC -c DateStyle=ISO,YMD -c IntervalStyle=postgres"
            + " -c extra_float_digits=3 -c bytea_output=hex -c lc_monetary=C -c statement_timeout=0"
            // Compiling takes longer than what is compiled here. A plan that has to read a table of one row against
            // enable_seqscan costs 10,000,000,000 before Postgres 18, which asks for it.
            + " -c jit=off";

    /**
     * Where commits return before they are in the log, ours must not: a sequence id or a cursor that a crash undoes would
     * let the two sides disagree for ever. Any other setting waits at least for this server's own log, and is left alone.
     */
    public static final String COMMITS_WAIT = "SELECT set_config('synchronous_commit', 'local', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    /**
     * A server notices within seconds that a process of ours is gone, and ends what it was at work on for it. Postgres 13 does
     * not know how, nor do some systems.
     */
    public static final String ENDS_WITH_US = "DO $$ BEGIN"
            + " PERFORM pg_catalog.set_config('client_connection_check_interval', '2s', false);"
            + " EXCEPTION WHEN OTHERS THEN NULL; END $$";

    private static final Driver DRIVER = new Driver();

    private PostgresConnections() {}

    /**
     * The driver's properties, password among them.
     *
     * @param application what the session calls itself in {@code pg_stat_activity}
     */
    public static Properties properties(PostgresUrl url, String application) {
        Properties driver = url.driverProperties();
        driver.setProperty("ApplicationName", url.properties().getOrDefault("application_name", application));
        driver.setProperty("options", SESSION);
        driver.setProperty("prepareThreshold", "2");
        driver.setProperty("defaultRowFetchSize", "1000");
        driver.setProperty("socketFactory", WatchedSockets.class.getName());
        driver.setProperty("socketFactoryArg", "");
        String schema = url.properties().get("currentSchema");
        if (schema != null) {
            driver.setProperty("currentSchema", '"' + schema.replace("\"", "\"\"") + '"');
        }
        return driver;
    }

    /**
     * A new connection with a target, in autocommit mode. The server may be anybody's: a lock that somebody holds there
     * fails a statement after 10 s, a session of ours that stands still in a transaction is ended by the server after a
     * minute, and no answer is awaited for longer than 10 minutes.
     *
     * @param waiting tells, from then on, how long the server keeps us waiting
     */
    public static Connection openTarget(PostgresUrl url, String application, WatchedSockets.Waiting waiting)
            throws SQLException {
        Properties driver = properties(url, application);
        driver.setProperty("options", SESSION + " -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s");
        driver.setProperty("socketTimeout", "600");
        driver.setProperty("socketFactoryArg", waiting.number());
        return connect(url, driver);
    }

    /** The same, and nobody asks how long the server keeps us waiting. */
    public static Connection openTarget(PostgresUrl url, String application) throws SQLException {
        try (WatchedSockets.Waiting unasked = WatchedSockets.watch()) {
            return openTarget(url, application, unasked);
        }
    }

    /** A new connection in autocommit mode, whose commits survive a crash of the server. */
    public static Connection open(PostgresUrl url, String application) throws SQLException {
        return connect(url, properties(url, application));
    }

    private static Connection connect(PostgresUrl url, Properties driver) throws SQLException {
        Connection connection;
        try {
            connection = DRIVER.connect(url.jdbcUrl(), driver);
        } catch (SQLException e) {
            throw new ConnectionFailedException(url, e);
        }
        try {
            Jdbc.execute(connection, COMMITS_WAIT + "; " + ENDS_WITH_US);
            return connection;
        } catch (SQLException e) {
            try {
                connection.close();
            } catch (SQLException alsoClosing) {
                e.addSuppressed(alsoClosing);
            }
            throw e;
        }
    }
}
