package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * What webhooks cost those who wait for rows: two sources are written to in turn at 50 changes a second, of which one tells a
 * local receiver of each. The long form ({@code mvn -Pmodel verify}) holds the ratio of latencies against the bar; the short
 * one, which may run on a busy machine, only sees that every change arrives and is told. Beside that, how many deliveries a
 * second there are.
 */
class WebhookCostTest {

    private static final int ROUNDS = Integer.getInteger("tideline.webhook.rounds", 1);
    private static final boolean LONG = ROUNDS >= 20;
    private static final int DELIVERIES = LONG ? 10_000 : 300;
    private static final int CHANGES = LONG ? 150 : 25;
    private static final Duration EVERY = Duration.ofMillis(20);

    @Test
    void deliveries_hardly_delay_the_sync() throws Exception {
        try (Receiver receiver = new Receiver();
                Follower telling = Follower.telling(receiver);
                Follower silent = Follower.silent()) {
            telling.change(CHANGES, new long[CHANGES], 0); // warm code
            silent.change(CHANGES, new long[CHANGES], 0);
            long[] told = new long[ROUNDS * CHANGES];
            long[] untold = new long[ROUNDS * CHANGES];
            for (int round = 0; round < ROUNDS; round++) {
                if (round % 2 == 0) {
                    telling.change(CHANGES, told, round * CHANGES);
                }
                silent.change(CHANGES, untold, round * CHANGES);
                if (round % 2 == 1) {
                    telling.change(CHANGES, told, round * CHANGES);
                }
            }
            receiver.await((ROUNDS + 1) * CHANGES);
            double median = ratio(told, untold, 50);
            double tail = ratio(told, untold, 99);
            System.out.printf(
                    "%d changes with a webhook beside %d without: p50 %.2f and %.2f ms (%.2f), p99 %.2f and %.2f ms (%.2f)%n",
                    told.length,
                    untold.length,
                    percentile(told, 50),
                    percentile(untold, 50),
                    median,
                    percentile(told, 99),
                    percentile(untold, 99),
                    tail);
            if (LONG) {
                assertThat(median).as("ratio of medians").isLessThanOrEqualTo(1.2);
                assertThat(tail).as("ratio of 99th percentiles").isLessThanOrEqualTo(1.2);
            }
        }
    }

    @Test
    void deliveries_keep_up_beside_the_sources_own_load() throws Exception {
        try (Receiver receiver = new Receiver();
                Follower telling = Follower.telling(receiver)) {
            long began = System.nanoTime();
            telling.scenario
                    .source()
                    .execute("DO $$ BEGIN FOR i IN 1.." + DELIVERIES
                            + " LOOP INSERT INTO project_user VALUES (1, i, 'x'); COMMIT; END LOOP; END $$");
            double writing = (System.nanoTime() - began) / 1e9;
            Awaitility.await("every row is told")
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> receiver.all().size() >= DELIVERIES);
            double all = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d webhooks delivered in %.1f s, of which the source was written to for %.1f s: %.0f a second%n",
                    DELIVERIES, all, writing, DELIVERIES / all);
            assertThat(receiver.all().stream().map(r -> r.body().at("/key/id").asLong()))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, DELIVERIES).boxed().toList());
        }
    }

    private static double ratio(long[] told, long[] untold, int percent) {
        return percentile(told, percent) / percentile(untold, percent);
    }

    private static double percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * percent / 100] / 1e6;
    }

    /** A source and its runtime; knows when each change has arrived. */
    private static final class Follower implements SyncListener, AutoCloseable {

        private final SyncScenario scenario = SyncScenario.users();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private final Connection writer;
        private long[] committed = new long[0]; // guarded by this, as are the others
        private long[] arrived = new long[0];
        private int written;
        private int come;

        private Follower(String settings) throws SQLException {
            scenario.settings(settings);
            scenario.install();
            scenario.run(this);
            writer = scenario.source().connect();
        }

        static Follower silent() throws SQLException {
            return new Follower("");
        }

        static Follower telling(Receiver receiver) throws SQLException {
            return new Follower("webhooks: [ { mapping: users, url: \"" + receiver.url() + "\", secret: "
                    + Receiver.SECRET + ", allow_private: true } ]");
        }

        @Override
        public synchronized void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {
            for (int i = 0; i < rows && come < arrived.length; i++) {
                arrived[come++] = System.nanoTime();
            }
        }

        /** Writes so many rows, and notes from a place on how long each took from its commit to the target's. */
        void change(int changes, long[] latencies, int from) throws Exception {
            synchronized (this) {
                committed = new long[changes];
                arrived = new long[changes];
                written = 0;
                come = 0;
            }
            try (PreparedStatement insert = writer.prepareStatement(
                    "INSERT INTO project_user SELECT 1, coalesce(max(id), 0) + 1, 'x' FROM project_user")) {
                var writing =
                        clock.scheduleAtFixedRate(() -> write(insert), 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
                Awaitility.await(changes + " changes have arrived")
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(EVERY)
                        .until(this::complete);
                writing.cancel(false);
            }
            synchronized (this) {
                for (int i = 0; i < changes; i++) {
                    latencies[from + i] = Math.max(0, arrived[i] - committed[i]);
                }
            }
        }

        private void write(PreparedStatement insert) {
            try {
                synchronized (this) {
                    if (written == committed.length) {
                        return;
                    }
                }
                insert.execute();
                synchronized (this) {
                    committed[written++] = System.nanoTime();
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private synchronized boolean complete() {
            return come == arrived.length && written == committed.length;
        }

        @Override
        public void close() throws SQLException {
            clock.shutdownNow();
            writer.close();
            scenario.close();
        }
    }
}
