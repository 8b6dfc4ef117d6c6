package dev.tideline.sync.jdbc;

import dev.tideline.sync.config.ConnectionFailedException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/** Turns an address into connections whose sessions all behave the same. Safe for use by many threads. */
public final class PostgresConnections {

    /**
     * Where commits return before they are in the log, ours must not: a sequence id or a cursor that a crash undoes would
     * let the two sides disagree for ever. Any other setting waits at least for this server's own log, and is left alone.
     */
    private static final String COMMITS_WAIT =
            "SELECT set_config('synchronous_commit', 'local', false) WHERE current_setting('synchronous_commit') = 'off'";

    /**
     * A server notices within seconds that a process of ours is gone, and ends what it was at work on for it. Postgres 13 does
     * not know how, nor do some systems.
     */
    private static final String ENDS_WITH_US = SqlTemplate.text("0-session/end-with-us");

    private static final Driver DRIVER = new Driver();

    private PostgresConnections() {}

    /** What a session of a pool with the source begins with. Its commits survive a crash of the server. */
    public static String initial() {
        return SessionSettings.SOURCE.sql() + ";\n" + COMMITS_WAIT + ";\n" + ENDS_WITH_US;
    }

    /** The same for one whose commits wait for no disk. */
    public static String initialUnhurried() {
        return SessionSettings.SOURCE.sql() + ";\nSET synchronous_commit = off";
    }

    /**
     * The driver's properties, password among them.
     *
     * @param application what the session calls itself in {@code pg_stat_activity}
     */
    public static Properties properties(PostgresUrl url, String application) {
        Properties driver = url.driverProperties();
        driver.setProperty("ApplicationName", url.properties().getOrDefault("application_name", application));
        driver.setProperty("options", SessionSettings.atLogin());
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
        driver.setProperty("socketTimeout", "600");
        driver.setProperty("socketFactoryArg", waiting.number());
        // The driver would wait in a thread of its own, which it leaves behind with the socket.
        driver.remove("loginTimeout");
        waiting.login(url.connectTimeout());
        boolean letIn = false;
        try {
            Connection connection = connect(url, driver, SessionSettings.TARGET, true);
            waiting.letIn();
            letIn = true;
            return connection;
        } finally {
            if (!letIn) {
                waiting.closeSocket();
            }
        }
    }

    /** The same, and nobody asks how long the server keeps us waiting. */
    public static Connection openTarget(PostgresUrl url, String application) throws SQLException {
        try (WatchedSockets.Waiting unasked = WatchedSockets.watch()) {
            return openTarget(url, application, unasked);
        }
    }

    /** A new connection in autocommit mode, whose commits survive a crash of the server. */
    public static Connection open(PostgresUrl url, String application) throws SQLException {
        return connect(url, properties(url, application), SessionSettings.SOURCE, false);
    }

    private static Connection connect(
            PostgresUrl url, Properties driver, SessionSettings settings, boolean refusePoolers) throws SQLException {
        Connection connection;
        try {
            connection = DRIVER.connect(url.jdbcUrl(), driver);
        } catch (SQLException e) {
            throw new ConnectionFailedException(url, e);
        }
        try {
            if (refusePoolers) { // before anything is set
                refusePooler(url, connection);
            }
            Jdbc.execute(connection, settings.sql() + ";\n" + COMMITS_WAIT + ";\n" + ENDS_WITH_US);
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

    /** A pooler tells a process of its own making at login: the one to cancel, which it passes on to whichever serves then. */
    private static void refusePooler(PostgresUrl url, Connection connection) throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        int served = Jdbc.one(connection, "SELECT pg_catalog.pg_backend_pid()", row -> row.getInt(1));
        if (told != served) {
            throw new ConnectionFailedException(ConnectionFailure.pooler(url), "08001", null);
        }
    }
}
