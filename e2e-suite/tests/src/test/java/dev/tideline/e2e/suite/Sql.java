package dev.tideline.e2e.suite;

import dev.tideline.e2e.ServerAddress;
import dev.tideline.testkit.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Statements in the database of an address {@code postgres://user:password@host:port/database}. */
public final class Sql {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Sql() {}

    /** The first column of all rows, as text. */
    public static List<String> column(String url, String query) throws SQLException {
        return ServerAddress.of(url).texts(database(url), query);
    }

    /** The only value of a query, as text. */
    public static String value(String url, String query) throws SQLException {
        return column(url, query).get(0);
    }

    /** A connection in autocommit mode, the caller's to close. */
    public static Connection connect(String url) throws SQLException {
        return ServerAddress.of(url).connect(database(url));
    }

    /** Runs statements, each in a transaction of its own. */
    public static void run(String url, String... statements) throws SQLException {
        ServerAddress.of(url).execute(database(url), statements);
    }

    /** Waits until a query gives these texts in its first column. */
    public static void await(String url, String query, String... expected) {
        Eventually.await(query)
                .atMost(PATIENCE)
                .until(() -> column(url, query), List.of(expected).toString(), List.of(expected)::equals);
    }

    private static String database(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }
}
