package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.loop.Await;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * A transaction that stays open at the source, having written. {@code -Dtideline.open.transaction=PT10M} says for how
 * long; what was measured is printed.
 */
class LongTransactionTest {

    private static final Duration OPEN = Duration.parse(System.getProperty("tideline.open.transaction", "PT3S"));
    private static final int ROWS = 500;

    /** So that change tables turn as soon as they can, as those of a busy source do. */
    private static final long FULL_AT_BYTES = 1;

    @Test
    void a_transaction_that_stays_open_delays_nobody_elses_rows_and_change_tables_are_emptied_once_it_ends()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'first', false FROM generate_series(1, " + ROWS
                            + ") i");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT count(*) FROM users").become(String.valueOf(ROWS));
            try (Connection open = scenario.source().connect();
                    Statement late = open.createStatement();
                    Others others = new Others(scenario)) {
                others.write(Duration.ofSeconds(1)); // so that everything is warm
                Latencies before = others.write(min(OPEN, Duration.ofSeconds(30)));
                System.out.println("before the transaction: " + before + others.sizes());

                int turns = others.turns();
                open.setAutoCommit(false);
                late.execute("INSERT INTO project_user VALUES (1, 0, 'late', false)");
                int written = others.table();
                int file = others.files().get(written);
                Duration part = min(OPEN, Duration.ofMinutes(1));
                Latencies during = null;
                for (Duration passed = Duration.ZERO; passed.compareTo(OPEN) < 0; passed = passed.plus(part)) {
                    during = others.write(part);
                    System.out.println("it is open, " + passed.plus(part) + ": " + during + others.sizes());
                }
                // What else the machine has to do passes; a delay that comes of the transaction lasts as long as that.
                for (int again = 0; again < 5 && during.percentile(50) > bound(before); again++) {
                    during = others.write(part);
                    System.out.println("it is open, once more: " + during + others.sizes());
                }
                assertThat(scenario.target().value("SELECT count(*) FROM users WHERE id = 0"))
                        .isEqualTo("0");
                assertThat(others.turns()).as("turns of the change table").isGreaterThan(turns);
                List<Integer> full = others.files();
                assertThat(full.get(written))
                        .as("file of the table that the transaction wrote to")
                        .isEqualTo(file);

                open.commit();
                assertThat(Await.until(
                                () -> {
                                    others.writeOne();
                                    return others.emptiedSince(full);
                                },
                                Duration.ZERO,
                                Duration.ofSeconds(30)))
                        .as("all change tables are emptied in turn; now%s", others.sizes())
                        .isTrue();
                Latencies after = others.write(min(OPEN, Duration.ofSeconds(30)));
                System.out.println("after it: " + after + others.sizes());
                assertThat(during.percentile(50))
                        .as(
                                "median latency: before %s, in the last part of the transaction %s, after %s",
                                before, during, after)
                        .isLessThanOrEqualTo(Math.max(bound(before), bound(after)));
                assertThat(scenario.target().value("SELECT display_name FROM users WHERE id = 0"))
                        .isEqualTo("late");
            }
        }
    }

    private static double bound(Latencies without) {
        return 3 * without.percentile(50) + 20;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Milliseconds from a commit until it can be seen, in order. */
    private record Latencies(double[] sorted) {

        double percentile(int percent) {
            return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "p50 %.1f ms, p99 %.1f ms of %d changes",
                    percentile(50),
                    percentile(99),
                    sorted.length);
        }
    }

    /** Those who write beside the transaction, and the turning of change tables that goes with it. Used by one thread. */
    private static final class Others implements AutoCloseable {

        private final Connection source;
        private final Connection target;
        private final PreparedStatement update;
        private final PreparedStatement look;
        private final ChangeTableRotation rotation;
        private int version;
        private int turns;
        private int table = -1;

        Others(SyncScenario scenario) throws SQLException {
            source = scenario.source().connect();
            target = scenario.target().connect();
            update = source.prepareStatement("UPDATE project_user SET display_name = ? WHERE id = ?");
            look = target.prepareStatement("SELECT 1 FROM users WHERE id = ? AND display_name = ?");
            rotation = new ChangeTableRotation(FULL_AT_BYTES, 1);
        }

        /** One change after the other, each awaited. */
        Latencies write(Duration duration) throws Exception {
            double[] latencies = new double[1_000_000];
            int count = 0;
            long end = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < end && count < latencies.length) {
                latencies[count++] = writeOne();
            }
            double[] sorted = Arrays.copyOf(latencies, count);
            Arrays.sort(sorted);
            return new Latencies(sorted);
        }

        /** @return milliseconds until it was seen */
        double writeOne() throws Exception {
            String name = "version " + ++version;
            int id = 1 + version % ROWS;
            update.setString(1, name);
            update.setInt(2, id);
            update.execute();
            long committed = System.nanoTime();
            look.setInt(1, id);
            look.setString(2, name);
            boolean seen = Await.until(
                    () -> {
                        try (ResultSet row = look.executeQuery()) {
                            return row.next();
                        }
                    },
                    Duration.ZERO,
                    Duration.ofSeconds(20));
            assertThat(seen).as("row %s became %s in the target", id, name).isTrue();
            double latency = (System.nanoTime() - committed) / 1e6;
            rotation.runOnce(source);
            int now = number("SELECT change_table FROM tideline.sequencer");
            turns += table >= 0 && table != now ? 1 : 0;
            table = now;
            return latency;
        }

        /** How often another table came to be written to. */
        int turns() {
            return turns;
        }

        /** The one that is written to. */
        int table() {
            return table;
        }

        /** The files that the change tables are in; a table that is emptied gets another. */
        List<Integer> files() throws SQLException {
            List<Integer> files = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                files.add(number("SELECT pg_relation_filenode('tideline.change_" + i + "')"));
            }
            return files;
        }

        boolean emptiedSince(List<Integer> before) throws SQLException {
            return Collections.disjoint(files(), before);
        }

        String sizes() throws SQLException {
            StringBuilder text = new StringBuilder(", change tables of");
            for (int i = 0; i < 3; i++) {
                text.append(' ').append(number("SELECT pg_relation_size('tideline.change_" + i + "') / 1024"));
            }
            return text.append(" kB").toString();
        }

        private int number(String sql) throws SQLException {
            try (Statement statement = source.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getInt(1);
            }
        }

        @Override
        public void close() throws SQLException {
            source.close();
            target.close();
        }
    }
}
