package dev.tideline.sync.loop;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the sequencer when something was captured. Capture rings only while the doorbell says that somebody sleeps, for
 * a NOTIFY on every commit would make commits wait for each other (45 % of the source's throughput); and no longer than
 * {@link #RUNG_FOR}, should nobody ask again. A ring that is lost costs the sequencer's idle delay and nothing else. One thread of its own listens.
 */
public final class Doorbell implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);

    /** How long capture rings for somebody who asked: a process that is killed does not say that it is gone. */
    public static final Duration RUNG_FOR = Duration.ofSeconds(30);

    private final SourceDatabase source;
    private final Signal signal;
    private final OnSession onSession;
    private final Thread thread;
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile Connection listening;

    private Doorbell(SourceDatabase source, Signal signal, OnSession onSession) {
        this.source = source;
        this.signal = signal;
        this.onSession = onSession;
        this.thread = new Thread(this::listen, "tideline-doorbell");
        this.thread.setDaemon(true);
    }

    /** Is told of each session that is opened for listening, and may hold something with it. */
    @FunctionalInterface
    public interface OnSession {
        void opened(Connection session) throws SQLException;
    }

    /** Starts listening, and returns once the first session is open or has failed to open. */
    public static Doorbell listen(SourceDatabase source, Signal signal, OnSession onSession) {
        Doorbell doorbell = new Doorbell(source, signal, onSession);
        doorbell.thread.start();
        try {
            doorbell.tried.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return doorbell;
    }

    /**
     * Asks to be rung, for {@link #RUNG_FOR}. What was captured before this is not rung for: look once more after it.
     *
     * @return the next transaction id: whatever gets it or a later one sees that it should ring
     */
    public static long sleep(Connection connection) throws SQLException {
        set(connection, "CAST(extract(epoch FROM clock_timestamp()) AS bigint) + " + RUNG_FOR.toSeconds());
        return Jdbc.one(
                connection, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", row -> row.getLong(1));
    }

    /** Asks not to be rung. */
    public static void wake(Connection connection) throws SQLException {
        set(connection, "1");
    }

    private static void set(Connection connection, String until) throws SQLException {
        // Nothing is lost when a crash undoes it, so nobody waits for the disk.
        Jdbc.execute(
                connection,
                "BEGIN; SET LOCAL synchronous_commit = off; SELECT setval('tideline.doorbell', " + until + "); COMMIT");
    }

    private void listen() {
        Backoff backoff = new Backoff(
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                () -> java.util.concurrent.ThreadLocalRandom.current().nextDouble());
        int failures = 0;
        while (!closed) {
            try (Connection connection = source.dedicated("doorbell")) {
                listening = connection;
                onSession.opened(connection);
                Jdbc.execute(connection, "LISTEN tideline_doorbell");
                tried.countDown();
                signal.ring();
                failures = 0;
                PGConnection postgres = connection.unwrap(PGConnection.class);
                while (!closed) {
                    PGNotification[] rings = postgres.getNotifications(10_000);
                    if (rings != null && rings.length > 0) {
                        signal.ring();
                    }
                }
            } catch (SQLException e) {
                tried.countDown();
                if (closed) {
                    return;
                }
                LOG.debug("the doorbell's session ended, opening another: {}", e.toString());
                failures++;
                try {
                    Signal.pause(backoff.delay(failures));
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Connection session = listening;
        if (session != null) {
            try {
                session.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("closing the doorbell: {}", e.toString());
            }
        }
        thread.interrupt();
    }
}
