package dev.tideline.maven.readiness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Asks a Postgres server {@code SELECT 1} over TCP.
 *
 * @param jdbcUrl where
 * @param user role
 * @param password its password
 */
public record PostgresProbe(String jdbcUrl, String user, String password) {

    /**
     * Asks once.
     *
     * @throws SQLException why there was no answer
     */
    public void ask() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            result.next();
        }
    }

    /**
     * Connects.
     *
     * @return a connection, for the caller to close
     * @throws SQLException if the server does not take it
     */
    public Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("ApplicationName", "tideline");
        // Not through DriverManager: it does not see drivers of a plugin's class loader.
        return new Driver().connect(jdbcUrl, properties);
    }
}
