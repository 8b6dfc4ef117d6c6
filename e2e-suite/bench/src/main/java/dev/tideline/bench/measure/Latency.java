package dev.tideline.bench.measure;

import dev.tideline.bench.loop.Pace;
import dev.tideline.bench.track.Track;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * From the moment when a transaction of the application has committed to the moment when the row is visible at the
 * target: a trigger there sends a NOTIFY, which Postgres delivers once the writing transaction is visible. Both moments
 * are read from one monotonic clock in one process. Commit times recorded by Postgres would not do: native replication
 * records the source's at the target.
 */
public final class Latency {

    /** Changes per second. */
    public static final int RATE = 50;

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final String WATCH = """
            CREATE FUNCTION bench_arrived() RETURNS trigger LANGUAGE plpgsql AS
              $$BEGIN PERFORM pg_notify('bench_arrived', substr(NEW.note, 8)); RETURN NULL; END$$;
            CREATE TRIGGER bench_arrived AFTER INSERT OR UPDATE ON item FOR EACH ROW
              WHEN (NEW.note LIKE 'change %') EXECUTE FUNCTION bench_arrived();
            ALTER TABLE item ENABLE ALWAYS TRIGGER bench_arrived""";

    private final Track track;
    private final int changes;
    private final int warmUp;
    private final Duration limit;
    private final long[] committed;
    private final long[] arrived;

    private Latency(Track track, Duration length, Duration limit) {
        this.track = track;
        this.warmUp = (int) WARM_UP.toSeconds() * RATE;
        this.changes = warmUp + (int) (length.toMillis() * RATE / 1000);
        this.limit = limit;
        this.committed = new long[changes];
        this.arrived = new long[changes];
    }

    /**
     * Changes single rows at {@link #RATE}, each a different one, at random moments that are the same for every
     * contestant.
     *
     * @param length after a second of warming up, whose changes do not count
     * @param limit for the last change to arrive
     * @return milliseconds, sorted
     * @throws IllegalStateException if a change does not arrive
     */
    public static double[] measure(Track track, Duration length, Duration limit)
            throws SQLException, InterruptedException {
        return new Latency(track, length, limit).run();
    }

    /** The value that this share of all values does not exceed. @param sorted at least one value */
    public static double percentile(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private double[] run() throws SQLException, InterruptedException {
        ExecutorService listener = Executors.newSingleThreadExecutor();
        try (Connection target = track.external().connect(track.targetDatabase());
                Statement statement = target.createStatement()) {
            statement.execute(WATCH);
            statement.execute("LISTEN bench_arrived");
            Future<?> listening = listener.submit(() -> {
                listen(target.unwrap(PGConnection.class));
                return null;
            });
            write();
            try {
                listening.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException(missing() + " of " + changes + " changes did not arrive within "
                        + limit.toSeconds() + " s after the last of them");
            } catch (ExecutionException e) {
                throw new SQLException("the listener failed", e.getCause());
            } finally {
                listener.shutdownNow();
                listener.awaitTermination(1, TimeUnit.MINUTES);
            }
            statement.execute("DROP FUNCTION bench_arrived CASCADE");
        }
        return IntStream.range(warmUp, changes)
                .mapToDouble(change -> Math.max(0, arrived[change] - committed[change]) / 1e6)
                .sorted()
                .toArray();
    }

    private void write() throws SQLException, InterruptedException {
        Pace pace = new Pace(RATE, track.rows());
        try (Connection source = track.source().connect(track.sourceDatabase());
                PreparedStatement update = source.prepareStatement(
                        "UPDATE item SET note = ?, changed_at = clock_timestamp() WHERE id = ?")) {
            for (int change = 0; change < changes; change++) {
                pace.await();
                update.setString(1, "change " + change);
                update.setLong(2, track.key(change));
                update.executeUpdate();
                committed[change] = System.nanoTime();
            }
        }
    }

    /** Until all have arrived for the first time, or interrupted. */
    private void listen(PGConnection connection) throws SQLException {
        int left = changes;
        while (left > 0 && !Thread.currentThread().isInterrupted()) {
            PGNotification[] notifications = connection.getNotifications(500);
            long now = System.nanoTime();
            for (PGNotification notification : notifications == null ? new PGNotification[0] : notifications) {
                int change = Integer.parseInt(notification.getParameter());
                if (arrived[change] == 0) {
                    arrived[change] = now;
                    left--;
                }
            }
        }
    }

    private long missing() {
        return Arrays.stream(arrived).filter(moment -> moment == 0).count();
    }
}
