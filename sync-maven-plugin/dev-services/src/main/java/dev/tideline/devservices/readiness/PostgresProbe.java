package dev.tideline.devservices.readiness;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.Driver;

/** Sends {@code SELECT 1} to a Postgres server over TCP, with 30 s for the answer. */
public record PostgresProbe(String jdbcUrl, String user, String password) {

    private static final int ANSWER_SECONDS = 30;

    /**
     * Asks once.
     *
     * @throws SQLException why there was no answer
     */
    public void ask() throws SQLException {
        try (Connection connection = connect(ANSWER_SECONDS);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT 1")) {
            result.next();
        }
    }

    /**
     * A connection for work that may take long, without a limit for answers. Close it.
     *
     * @throws SQLException if the server rejects it
     */
    public Connection connectForWork() throws SQLException {
        return connect(0);
    }

    private Connection connect(int answerSeconds) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", Integer.toString(answerSeconds));
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("ApplicationName", "tideline");
        // Not through DriverManager: it does not see drivers of a plugin's class loader.
        return new Driver().connect(jdbcUrl, properties);
    }
}
