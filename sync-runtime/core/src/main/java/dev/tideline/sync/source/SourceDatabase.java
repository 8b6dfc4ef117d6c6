package dev.tideline.sync.source;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.jdbc.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The source: a bounded pool for short work, and dedicated connections for locks and LISTEN. Every session writes
 * values in the same form, whatever the server's defaults. Safe for use by many threads.
 */
public final class SourceDatabase implements AutoCloseable {

    /** Connections for single short statements. */
    private static final int BOOKKEEPING = 4;

    private static final Logger LOG = LoggerFactory.getLogger(SourceDatabase.class);

    private final PostgresUrl url;
    private final HikariDataSource pool;
    private final HikariDataSource bookkeeping;
    private final Set<PgConnection> opened =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final Ticker ticker = new Ticker(Duration.ofMillis(250), "tideline-source-watch");

    /**
     * @param connections maximum size of the pool
     */
    public SourceDatabase(PostgresUrl url, int connections) {
        this.url = url;
        HikariConfig durable = pool(url, "tideline-source", connections);
        durable.setConnectionInitSql(PostgresConnections.initial());
        this.pool = new HikariDataSource(durable);
        HikariConfig unhurried = pool(url, "tideline-bookkeeping", BOOKKEEPING);
        // These tables are almost empty most of the time, and cached plans with sequential scans would remain when they
        // grow.
        unhurried.setConnectionInitSql(PostgresConnections.initialUnhurried() + "; SET enable_seqscan = off");
        this.bookkeeping = new HikariDataSource(unhurried);
    }

    private static HikariConfig pool(PostgresUrl url, String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url.jdbcUrl());
        config.setDataSourceProperties(PostgresConnections.properties(url, "tideline"));
        config.setPoolName(name);
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(30_000);
        config.setConnectionTimeout(15_000);
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(true);
        config.setExceptionOverride(new EvictFaultySessions());
        return config;
    }

    /** A pooled connection in autocommit mode; close returns it. */
    public Connection connection() throws SQLException {
        return open(pool.getConnection());
    }

    /**
     * A pooled connection in autocommit mode whose commits do not wait for the disk, for writes that a crash of the
     * source may undo. A statement takes one round trip.
     */
    public Connection bookkeeping() throws SQLException {
        return open(bookkeeping.getConnection());
    }

    /** Ends a pooled connection instead of returning it, because its current statement is no longer wanted. */
    public void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    /** A connection outside the pool, for a lock or for LISTEN; close ends it. */
    public Connection dedicated(String role) throws SQLException {
        return open(PostgresConnections.open(url, "tideline-" + role));
    }

    private Connection open(Connection connection) throws SQLException {
        opened.add(connection.unwrap(PgConnection.class));
        return connection;
    }

    /** A server may work on a statement for long after its client has gone, and hold its locks until then. */
    private void cancelAll() {
        List<PgConnection> all;
        synchronized (opened) {
            all = List.copyOf(opened);
        }
        for (PgConnection connection : all) {
            try {
                if (!connection.isClosed()) {
                    connection.cancelQuery();
                }
            } catch (SQLException e) {
                LOG.debug("cancelling statements at the source: {}", e.toString());
                return; // it will not answer the others either
            }
        }
    }

    /** For watching statements that run here. */
    public Ticker ticker() {
        return ticker;
    }

    public DataSource pool() {
        return pool;
    }

    @Override
    public void close() {
        ticker.close();
        cancelAll();
        pool.close();
        bookkeeping.close();
    }
}
