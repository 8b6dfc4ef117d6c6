package it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class DatabaseIT {

    @Test
    void the_database_is_there_as_configured() throws Exception {
        String url = System.getProperty("jdbcUrl");
        assertEquals("tide; table", ask(url, "SELECT name FROM item"));
        assertEquals("5MB", ask(url, "SHOW work_mem"));
        assertEquals("16", ask(url, "SHOW server_version").substring(0, 2));
        String shop = url.replaceFirst("/postgres\\?.*", "/shop?user=clerk&password=secret");
        assertEquals("clerk", ask(shop, "SELECT current_user"));
    }

    @Test
    void the_external_database_is_another_one_of_the_newest_major() throws Exception {
        assertEquals("18", ask(System.getProperty("externalUrl"), "SHOW server_version").substring(0, 2));
    }

    private static String ask(String url, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
