package dev.tideline.testkit;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** An address {@code postgres://user:password@host:port/database}, as in configurations. */
record PostgresUrl(String user, String password, String host, int port, String database) {

    static PostgresUrl parse(String url) {
        try {
            URI uri = new URI(url);
            boolean postgres = "postgres".equals(uri.getScheme()) || "postgresql".equals(uri.getScheme());
            if (postgres && uri.getHost() != null && uri.getPath().length() > 1 && uri.getRawUserInfo() != null) {
                String[] user = uri.getRawUserInfo().split(":", 2);
                return new PostgresUrl(
                        decoded(user[0]),
                        user.length < 2 ? "" : decoded(user[1]),
                        uri.getHost(),
                        uri.getPort() < 0 ? 5432 : uri.getPort(),
                        uri.getPath().substring(1));
            }
        } catch (URISyntaxException e) {
            // The cause is dropped, because it would quote the password.
        }
        throw new IllegalArgumentException(
                "The address of a Postgres database looks like postgres://user:password@host:port/database");
    }

    PostgresUrl of(String otherUser, String otherPassword) {
        return new PostgresUrl(otherUser, otherPassword, host, port, database);
    }

    PostgresUrl to(String otherDatabase) {
        return new PostgresUrl(user, password, host, port, otherDatabase);
    }

    /** The address for JDBC, user and password included. */
    String wholeJdbc() {
        return jdbc() + "?user=" + encoded(user) + (password.isEmpty() ? "" : "&password=" + encoded(password));
    }

    private String jdbc() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database);
    }

    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("ApplicationName", "tideline-testkit");
        return DriverManager.getConnection(jdbc(), properties);
    }

    /** The address as a program needs it, password included. */
    String whole() {
        return "postgres://" + encoded(user) + (password.isEmpty() ? "" : ":" + encoded(password)) + "@" + host + ":"
                + port + "/" + encoded(database);
    }

    /** The address for messages, without the password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
