package dev.tideline.sync.loop;

import dev.tideline.sync.config.SequencerConfig;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.thread.DaemonThreads;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes the sequencer when something was captured. Capture rings only while the doorbell says that somebody sleeps,
 * because a NOTIFY on every commit would make commits wait for each other (45 % of the source's throughput); and for no
 * longer than {@link #RUNG_FOR} unless asked again. A lost ring costs only the sequencer's idle delay.
 *
 * <p>If applications may prepare transactions, capture never rings, since a transaction with a NOTIFY cannot be
 * prepared. Then the listening session looks for changes while somebody sleeps ({@link Watch}). A separate thread
 * listens or looks.
 */
public final class Doorbell implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Doorbell.class);

    /** How long capture rings for a sleeper: a process that is killed does not say that it is gone. */
    public static final Duration RUNG_FOR = Duration.ofSeconds(30);

    /** A time in the past. */
    private static final String NOT_RUNG = "1";

    private static final String AWAIT_CHANGES = SqlTemplate.text("2-sequence/await-changes");

    private final SourceDatabase source;
    private final Signal signal;
    private final SequencerConfig.Doorbell wanted;
    private final OnSession onSession;
    private final Thread thread;
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile boolean watching;
    private volatile Connection listening;

    /** Does nothing before {@link #listen}. */
    public Doorbell(SourceDatabase source, Signal signal, SequencerConfig.Doorbell wanted, OnSession onSession) {
        this.source = source;
        this.signal = signal;
        this.wanted = wanted;
        this.onSession = onSession;
        this.thread = DaemonThreads.unstarted("tideline-doorbell", this::attend);
    }

    /** Called for each session that is opened for listening; it may use the session to hold a lock. */
    @FunctionalInterface
    public interface OnSession {
        void opened(Connection session) throws SQLException;
    }

    /** Starts listening, and returns once the first session is open or has failed to open. */
    public void listen() {
        thread.start();
        try {
            tried.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which transactions wake a sleeper when they commit. */
    public enum Wakes {
        /** Those that get a transaction id after it went to sleep. */
        LATER,
        /** All. */
        ALL
    }

    /**
     * Asks to be woken, by a ring for {@link #RUNG_FOR}. What was captured before this does not wake: look once more
     * after it.
     *
     * @return which transactions wake the sleeper
     */
    public Wakes enable(Connection connection) throws SQLException {
        if (rings(connection)) {
            watching = false;
            set(connection, "CAST(extract(epoch FROM clock_timestamp()) AS bigint) + " + RUNG_FOR.toSeconds());
            return Wakes.LATER;
        }
        if (!watching) {
            watching = true;
            set(connection, NOT_RUNG);
            Jdbc.execute(connection, "NOTIFY tideline_doorbell"); // the listening session looks from now on
        }
        return Wakes.ALL;
    }

    /** The next transaction id. Its transaction and all later ones see what was asked for. */
    public static long nextXid(Connection connection) throws SQLException {
        return Jdbc.one(
                connection, "SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint", row -> row.getLong(1));
    }

    /** Stops looking for changes; whether capture rings is left to another runtime. */
    public void rest() {
        watching = false;
    }

    private boolean rings(Connection connection) throws SQLException {
        return switch (wanted) {
            case ON -> true;
            case OFF -> false;
            case AUTO ->
                Jdbc.one(
                        connection,
                        "SELECT current_setting('max_prepared_transactions') = '0'",
                        row -> row.getBoolean(1));
        };
    }

    /** Asks not to be woken. */
    public void disable(Connection connection) throws SQLException {
        watching = false;
        set(connection, NOT_RUNG);
    }

    private static void set(Connection connection, String until) throws SQLException {
        // A crash that undoes this does no harm, so it does not wait for the disk.
        Jdbc.execute(
                connection,
                "BEGIN; SET LOCAL synchronous_commit = off; SELECT setval('tideline.doorbell', " + until + "); COMMIT");
    }

    private void attend() {
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
                    if (watching) {
                        new Watch(connection).run();
                    }
                    PGNotification[] rings = postgres.getNotifications(10_000);
                    if (rings != null && rings.length > 0) {
                        signal.ring();
                    }
                }
            } catch (SQLException | RuntimeException | Error e) { // whatever the failure, nobody else would listen
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

    /** Looks for changes, often while there are any and less often later: a look costs the source 20 us. */
    private final class Watch {

        private static final double OFTEN = 0.005;
        private static final double RARELY = 0.02;
        private static final double PATIENCE = 0.25;
        private static final Duration LIVELY = Duration.ofSeconds(10);

        private final Connection connection;
        private long lastChange = System.nanoTime();

        Watch(Connection connection) {
            this.connection = connection;
        }

        void run() throws SQLException {
            String seen = Jdbc.one(connection, "SELECT pg_current_snapshot()::text", row -> row.getString(1));
            signal.ring(); // for changes before the first look
            while (watching && !closed) {
                double pause = System.nanoTime() - lastChange < LIVELY.toNanos() ? OFTEN : RARELY;
                Look look = Jdbc.one(
                        connection,
                        AWAIT_CHANGES,
                        row -> new Look(row.getString(1), row.getBoolean(2)),
                        seen,
                        pause,
                        PATIENCE);
                seen = look.upTo();
                if (look.changed()) {
                    lastChange = System.nanoTime();
                    signal.ring();
                }
            }
        }
    }

    private record Look(String upTo, boolean changed) {}

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
