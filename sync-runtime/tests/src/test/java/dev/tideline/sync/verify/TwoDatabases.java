package dev.tideline.sync.verify;

import dev.tideline.devservices.provider.embedded.PostgresServer;
import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.verify.Comparison.Connections;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A source and a target of one test's own. */
final class TwoDatabases implements AutoCloseable {

    private static final AtomicInteger PAIRS = new AtomicInteger();

    private final PostgresServer sourceServer;
    private final PostgresServer targetServer;
    private final String name = "verify_" + PAIRS.incrementAndGet();

    TwoDatabases() throws SQLException {
        this(PostgresFixture.NEWEST, PostgresFixture.NEWEST, "UTF8", "UTF8");
    }

    TwoDatabases(int sourceMajor, int targetMajor, String sourceEncoding, String targetEncoding) throws SQLException {
        sourceServer = PostgresFixture.server(sourceMajor);
        targetServer = PostgresFixture.server(targetMajor);
        run(sourceServer.jdbcUrl("postgres"), "CREATE DATABASE " + name + "_s" + as(sourceEncoding));
        run(targetServer.jdbcUrl("postgres"), "CREATE DATABASE " + name + "_t" + as(targetEncoding));
    }

    String sourceUrl() {
        return sourceServer.jdbcUrl(name + "_s");
    }

    String targetUrl() {
        return targetServer.jdbcUrl(name + "_t");
    }

    private static String as(String encoding) {
        return " TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'";
    }

    /** The only value of a query at the target. */
    String target(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(targetUrl());
                Statement s = c.createStatement();
                java.sql.ResultSet row = s.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    Connections source() {
        return () -> DriverManager.getConnection(sourceUrl());
    }

    Connections target() {
        return () -> DriverManager.getConnection(targetUrl());
    }

    void inSource(String sql) throws SQLException {
        run(sourceUrl(), sql);
    }

    void inTarget(String sql) throws SQLException {
        run(targetUrl(), sql);
    }

    void inBoth(String sql) throws SQLException {
        inSource(sql);
        inTarget(sql);
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection(url);
                Statement s = c.createStatement()) {
            s.setEscapeProcessing(false);
            s.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        run(sourceServer.jdbcUrl("postgres"), "DROP DATABASE " + name + "_s WITH (FORCE)");
        run(targetServer.jdbcUrl("postgres"), "DROP DATABASE " + name + "_t WITH (FORCE)");
    }
}
