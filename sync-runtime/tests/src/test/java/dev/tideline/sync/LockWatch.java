package dev.tideline.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks again and again whether a session of the application waits for one of ours, until closed. */
public final class LockWatch implements AutoCloseable {

    /** What {@link #application} sessions call themselves. */
    private static final String APPLICATION = "the application";

    private static final String WAITING = "SELECT a.query, b.application_name, b.query FROM pg_stat_activity a"
            + " CROSS JOIN LATERAL unnest(pg_blocking_pids(a.pid)) AS p (pid)"
            + " JOIN pg_stat_activity b ON b.pid = p.pid"
            + " WHERE a.application_name = '" + APPLICATION + "' AND b.application_name LIKE 'tideline%'"
            + " AND a.datname = current_database()";

    private final List<String> waits = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private final Connection connection;
    private final Thread thread;
    private volatile boolean closed;

    public LockWatch(TestDatabase source) throws SQLException {
        this.connection = source.connect();
        this.thread = new Thread(this::watch, "lock-watch");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    /** A session of the application's, in autocommit mode. */
    public static Connection application(TestDatabase source) throws SQLException {
        Connection connection = source.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = '" + APPLICATION + "'");
        }
        return connection;
    }

    private void watch() {
        try (Statement statement = connection.createStatement()) {
            while (!closed) {
                try (var rows = statement.executeQuery(WAITING)) {
                    while (rows.next()) {
                        waits.add(rows.getString(1) + " waits for " + rows.getString(2) + ": " + rows.getString(3));
                    }
                }
                looks.incrementAndGet();
            }
        } catch (SQLException e) {
            waits.add("the watch itself failed: " + e);
        }
    }

    /** Who was seen waiting for whom. */
    public List<String> waits() {
        return List.copyOf(waits);
    }

    public int looks() {
        return looks.get();
    }

    @Override
    public void close() throws SQLException, InterruptedException {
        closed = true;
        thread.join();
        connection.close();
    }
}
