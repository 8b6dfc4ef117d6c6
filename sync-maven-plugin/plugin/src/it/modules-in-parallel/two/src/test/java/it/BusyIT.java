package it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class BusyIT {

    @Test
    void the_database_stays_while_it_is_used() throws Exception {
        try (Connection connection = DriverManager.getConnection(System.getProperty("jdbcUrl"));
                Statement statement = connection.createStatement()) {
            assertTrue(statement.execute("SELECT pg_sleep(3)"));
        }
    }
}
