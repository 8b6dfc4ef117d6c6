package dev.tideline.sync.kill;

import dev.tideline.sync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An application that goes on writing whatever happens to its database: short transactions of several statements, some of
 * which are rolled back. Safe for use by many threads.
 */
public final class Writers implements AutoCloseable {

    public static final int TENANTS = 3;

    private final TestDatabase source;
    private final AtomicLong committed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    public Writers(TestDatabase source, int count, long seed) {
        this.source = source;
        for (int i = 0; i < count; i++) {
            Random random = new Random(seed + i);
            Thread thread = new Thread(() -> run(random), "writer-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Transactions that were told to be committed. */
    public long committed() {
        return committed.get();
    }

    private void run(Random random) {
        while (!stopped) {
            try (Connection connection = source.connect()) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    transaction(connection, random);
                }
            } catch (SQLException e) {
                // The server is gone, or coming back.
                Thread.onSpinWait();
            }
        }
    }

    private void transaction(Connection connection, Random random) throws SQLException {
        int from = random.nextInt(300);
        int to = from + 1 + random.nextInt(20); // in one order, so that two writers never wait for each other in a ring
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE account SET balance = balance - 1 WHERE id = " + from);
            statement.execute("UPDATE account SET balance = balance + 1, tenant = "
                    + (random.nextInt(10) == 0 ? random.nextInt(TENANTS) : "tenant") + " WHERE id = " + to);
            statement.execute("INSERT INTO entry (tenant, account, text) VALUES (" + random.nextInt(TENANTS) + ", " + to
                    + ", 'x')");
            if (random.nextInt(8) == 0) {
                statement.execute("DELETE FROM entry WHERE account = " + from);
            }
        }
        if (random.nextInt(10) == 0) {
            connection.rollback();
        } else {
            connection.commit();
            committed.incrementAndGet();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
