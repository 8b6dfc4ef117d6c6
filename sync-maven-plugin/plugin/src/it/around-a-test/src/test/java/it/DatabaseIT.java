package it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
        assertEquals("by the sea", ask(url, "SELECT name FROM place"));
        assertEquals("4711", ask(url, "SELECT n FROM stock"));
        assertEquals("5MB", ask(url, "SHOW work_mem"));
        assertEquals("16", ask(url, "SHOW server_version").substring(0, 2));
        String shop = url.replaceFirst("/postgres\\?.*", "/shop?user=clerk&password=secret");
        assertEquals("clerk", ask(shop, "SELECT current_user"));
    }

    @Test
    void the_external_database_is_another_one_of_the_newest_major() throws Exception {
        assertEquals("18", ask(System.getProperty("externalUrl"), "SHOW server_version").substring(0, 2));
    }

    @Test
    void the_launchpad_shows_the_projects_own_port() throws Exception {
        String shopPort = System.getProperty("shopPort");
        assertEquals("40", shopPort.substring(shopPort.length() - 2));
        String shown = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(System.getProperty("launchpadUrl") + "/api/v1/workspace"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertTrue(shown.contains("{\"name\":\"shop\",\"port\":" + shopPort + ","), shown);
        assertTrue(shown.contains("\"summary\":\"2 services, and all answer.\""), shown);
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
