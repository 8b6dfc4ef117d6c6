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

/** Turns an address into connections whose sessions all behave alike. Safe for use by many threads. */
public final class PostgresConnections {

    /**
     * Our commits must be in the log before they return, even on a server where others need not be: a sequence id or a
     * cursor that a crash undoes would let the two sides disagree forever. Any setting but off waits at least for this
     * server's own log, and is kept.
     */
    private static final String COMMITS_WAIT =
            "SELECT set_config('synchronous_commit', 'local', false) WHERE current_setting('synchronous_commit') = 'off'";

    /**
     * Lets the server notice within seconds that our process is gone, and end what it was running for it. Postgres 13
     * and some systems do not support this.
     */
    private static final String ENDS_WITH_US = SqlTemplate.text("0-session/end-with-us");

    private static final Driver DRIVER = new Driver();

    private PostgresConnections() {}

    /** The first statements of a session of a pool with the source, whose commits survive a crash of the server. */
    public static String initial() {
        return SessionSettings.SOURCE.sql() + ";\n" + COMMITS_WAIT + ";\n" + ENDS_WITH_US;
    }

    /** The same for a session whose commits do not wait for the disk. */
    public static String initialUnhurried() {
        return SessionSettings.SOURCE.sql() + ";\nSET synchronous_commit = off";
    }

    /**
     * The driver's properties, including the password.
     *
     * @param application name of the session in {@code pg_stat_activity}
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
     * A new connection with a target, in autocommit mode. The server may be anybody's. Therefore a statement fails
     * after waiting 10 s for a lock, the server ends our session after a minute idle in a transaction, and no answer is
     * awaited for longer than 10 minutes.
     *
     * @param waiting tells, from now on, how long the server has not answered
     */
    public static Connection openTarget(PostgresUrl url, String application, WatchedSockets.Waiting waiting)
            throws SQLException {
        Properties driver = properties(url, application);
        driver.setProperty("socketTimeout", "600");
        driver.setProperty("socketFactoryArg", waiting.number());
        // The driver would wait in a thread of its own, and leak it together with the socket.
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

    /** The same for a caller who does not watch how long the server takes to answer. */
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
            if (refusePoolers) { // before any setting is changed
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

    /**
     * At login, a pooler reports a process id that it made up, which it uses to route a cancel request to the
     * backend that serves the session at that time.
     */
    private static void refusePooler(PostgresUrl url, Connection connection) throws SQLException {
        int told = connection.unwrap(PGConnection.class).getBackendPID();
        int served = Jdbc.one(connection, "SELECT pg_catalog.pg_backend_pid()", row -> row.getInt(1));
        if (told != served) {
            throw new ConnectionFailedException(ConnectionFailure.pooler(url), "08001", null);
        }
    }
}
