package dev.tideline.e2e;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A Postgres server and a superuser of it; passwords without characters that a URL has to escape. Immutable. */
public record ServerAddress(String host, int port, String user, String password) {

    /**
     * The server of a database's address.
     *
     * @param url {@code postgres://user:password@host:port/database}
     */
    public static ServerAddress of(String url) {
        URI uri = URI.create(url);
        String[] login = String.valueOf(uri.getUserInfo()).split(":", 2);
        if (uri.getHost() == null || uri.getPort() < 0 || login.length < 2) {
            throw new IllegalArgumentException(
                    "This is no address postgres://user:password@host:port/database: " + url);
        }
        return new ServerAddress(uri.getHost(), uri.getPort(), login[0], login[1]);
    }

    /** The address of one of its databases, for {@code tideline.yaml}. */
    public String url(String database) {
        return "postgres://" + user + ":" + password + "@" + host + ":" + port + "/" + database;
    }

    /** A connection to one of its databases, in autocommit mode. */
    public Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://" + host + ":" + port + "/" + database, login);
    }

    /** Creates an empty database; drops an existing one of this name first, whoever is connected. */
    public void createDatabase(String name) throws SQLException {
        dropDatabase(name);
        execute("postgres", "CREATE DATABASE " + name);
    }

    /** Removes a database, whoever is connected; does nothing if there is none. */
    public void dropDatabase(String name) throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    /** Runs statements, one after another. */
    public void execute(String database, String... statements) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of all rows, as text. */
    public List<String> texts(String database, String query) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (result.next()) {
                texts.add(result.getString(1));
            }
            return texts;
        }
    }

    /** The only value of a query, as text. */
    public String text(String database, String query) throws SQLException {
        return texts(database, query).get(0);
    }

    /** Never the password. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
