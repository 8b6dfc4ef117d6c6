package dev.tideline.sync.jdbc;

import dev.tideline.sync.config.PostgresUrl;
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
            + " -c extra_float_digits=3 -c bytea_output=hex -c lc_monetary=C -c statement_timeout=0";

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
        String schema = url.properties().get("currentSchema");
        if (schema != null) {
            driver.setProperty("currentSchema", '"' + schema.replace("\"", "\"\"") + '"');
        }
        return driver;
    }

    /** A new connection in autocommit mode. */
    public static Connection open(PostgresUrl url, String application) throws SQLException {
        return DRIVER.connect(url.jdbcUrl(), properties(url, application));
    }
}
