package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.verify.RowDifference.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that are under way are no differences, and differences are found though rows are under way. */
class VerifyUnderWritesTest {

    private static final Mapping USERS = Mappings.users("id bigint", "name text", "email text");

    private final TwoDatabases databases;
    private final ToySync sync;

    VerifyUnderWritesTest() throws SQLException {
        databases = new TwoDatabases();
        databases.inSource("CREATE TABLE users (id bigint PRIMARY KEY, tenant integer, name text, email text)");
        databases.inTarget("CREATE TABLE users (id bigint PRIMARY KEY, name text, email text)");
        databases.inSource("INSERT INTO users SELECT i, 1, 'name ' || i, 'mail' FROM generate_series(1, 2000) i");
        databases.inTarget("INSERT INTO users SELECT i, 'name ' || i, 'mail' FROM generate_series(1, 2000) i");
        sync = new ToySync(databases);
    }

    @AfterEach
    void drop() throws SQLException {
        databases.close();
    }

    @Test
    void a_change_without_a_sequence_id_is_awaited() throws Exception {
        databases.inSource("UPDATE users SET name = 'new' WHERE id = 5");

        Steps steps = new Steps(sync::pass, sync::bring);

        assertThat(verify(steps).equal()).isTrue();
        assertThat(steps.left()).isZero();
    }

    @Test
    void a_change_behind_the_cursor_is_awaited() throws Exception {
        databases.inSource("UPDATE users SET name = 'new' WHERE id = 5; DELETE FROM users WHERE id = 6;"
                + " INSERT INTO users VALUES (3000, 1, 'a', 'b')");
        sync.pass();

        Steps steps = new Steps(sync::bring);

        assertThat(verify(steps).equal()).isTrue();
        assertThat(steps.left()).isZero();
    }

    @Test
    void a_change_that_was_undone_while_its_first_half_travelled_is_awaited() throws Exception {
        databases.inSource("UPDATE users SET name = 'first half' WHERE id = 5");
        sync.pass();
        sync.bring();
        databases.inSource("UPDATE users SET name = 'name 5' WHERE id = 5");

        assertThat(verify(new Steps(sync::pass, sync::bring)).equal()).isTrue();
    }

    @Test
    void a_truncated_table_is_awaited_until_the_target_was_filled_anew() throws Exception {
        databases.inSource("TRUNCATE users; UPDATE pass SET epoch = 1");

        VerifyReport report =
                verify(new Steps(() -> databases.inTarget("DELETE FROM users; UPDATE cursor SET epoch = 1")));

        assertThat(report.equal()).isTrue();
        assertThat(report.targetRows()).isEqualTo(2000);
    }

    @Test
    void a_truncation_that_is_noticed_between_two_looks_is_awaited() throws Exception {
        databases.inSource("TRUNCATE users");
        Flow noticing = new AfterFirstLook(sync, () -> databases.inSource("UPDATE pass SET epoch = 1"));

        VerifyReport report = verifier(
                        new Steps(() -> databases.inTarget("DELETE FROM users; UPDATE cursor SET epoch = 1")))
                .verify(comparison(noticing));

        assertThat(report.equal()).isTrue();
    }

    @Test
    void a_row_that_changes_between_two_looks_is_looked_at_again_though_nothing_is_installed() throws Exception {
        databases.inSource("UPDATE users SET name = 'one' WHERE id = 5");
        Flow changing =
                new AfterFirstLook(Flow.NONE, () -> databases.inBoth("UPDATE users SET name = 'two' WHERE id = 5"));

        assertThat(verifier(new Steps()).verify(comparison(changing)).equal()).isTrue();
    }

    @Test
    void a_change_that_does_not_arrive_within_the_limit_is_unsettled_and_not_equal() throws Exception {
        databases.inSource("UPDATE users SET name = 'new' WHERE id = 5");
        AtomicLong clock = new AtomicLong();

        VerifyReport report = new Verifier(
                        new VerifyOptions(10, Duration.ofSeconds(3)),
                        () -> clock.addAndGet(Duration.ofSeconds(1).toNanos()),
                        clock::get,
                        VerifyListener.SILENT)
                .verify(comparison());

        assertThat(report.equal()).isFalse();
        assertThat(report.unsettled()).isEqualTo(1);
        assertThat(report.rows())
                .containsExactly(new RowDifference(Kind.UNSETTLED, new RowKey(List.of("5")), List.of()));
        assertThat(clock).hasValue(Duration.ofSeconds(3).toNanos());
    }

    @Test
    void a_difference_is_convicted_without_waiting_although_other_rows_are_under_way() throws Exception {
        databases.inTarget("UPDATE users SET email = 'forged' WHERE id = 7");
        databases.inSource("UPDATE users SET name = 'new' WHERE id = 5");

        VerifyReport report = verify(new Steps(sync::pass, sync::bring));

        assertThat(report.rows())
                .containsExactly(new RowDifference(Kind.DIFFERENT, new RowKey(List.of("7")), List.of("email")));
    }

    @Test
    void a_repair_leaves_a_row_that_is_under_way_to_the_sync() throws Exception {
        databases.inTarget("UPDATE users SET email = 'forged' WHERE id = 7; DELETE FROM users WHERE id = 8;"
                + " INSERT INTO users VALUES (4000, 'no', 'such row')");
        databases.inSource("UPDATE users SET name = 'new' WHERE id = 5");

        RepairReport report = verifier(new Steps(sync::pass, sync::bring)).repair(comparison());

        assertThat(report.before().differences()).isEqualTo(3);
        assertThat(report.repaired()).isEqualTo(3);
        assertThat(report.after().equal()).isTrue();
    }

    @Test
    void writers_at_work_cause_no_false_alarm_and_hide_no_true_one() throws Exception {
        long seed = new Random().nextLong();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> one = threads.submit(() -> write(new Random(seed), stop));
            Future<?> other = threads.submit(() -> write(new Random(~seed), stop));
            Future<?> syncing = threads.submit(() -> syncUntil(stop));
            for (int i = 0; i < 12; i++) {
                VerifyReport report = verifier(this::awaitBring).verify(comparison());
                assertThat(report.equal()).as("seed %d: %s", seed, report).isTrue();
            }
            databases.inTarget("UPDATE users SET email = 'forged' WHERE id = 2000");
            VerifyReport report = verifier(this::awaitBring).verify(comparison());
            assertThat(report.rows())
                    .as("seed %d", seed)
                    .containsExactly(new RowDifference(Kind.DIFFERENT, new RowKey(List.of("2000")), List.of("email")));
            stop.set(true);
            one.get();
            other.get();
            syncing.get();
        } finally {
            stop.set(true);
            threads.shutdown();
        }
    }

    /** Few rows, often set back to what they were; row 2000 is left alone. */
    private Void write(Random random, AtomicBoolean stop) throws SQLException {
        try (Connection c = databases.source().open();
                Statement s = c.createStatement()) {
            while (!stop.get()) {
                int id = 1 + random.nextInt(40);
                switch (random.nextInt(5)) {
                    case 0 -> s.execute("DELETE FROM users WHERE id = " + id);
                    case 1 ->
                        s.execute("INSERT INTO users VALUES (" + id + ", 1, 'again', 'mail') ON CONFLICT DO NOTHING");
                    case 2 -> s.execute("UPDATE users SET tenant = 3 - tenant WHERE id = " + id);
                    default -> s.execute("UPDATE users SET name = 'v" + random.nextInt(2) + "' WHERE id = " + id);
                }
            }
        }
        return null;
    }

    private final Object brought = new Object();
    private long brings; // guarded by brought

    private Void syncUntil(AtomicBoolean stop) throws SQLException {
        while (!stop.get()) {
            sync.pass();
            sync.bring();
            synchronized (brought) {
                brings++;
                brought.notifyAll();
            }
        }
        return null;
    }

    private void awaitBring() throws InterruptedException {
        synchronized (brought) {
            long now = brings;
            while (brings == now) {
                brought.wait(10_000);
            }
        }
    }

    private VerifyReport verify(Steps steps) throws InterruptedException {
        return verifier(steps).verify(comparison());
    }

    private Verifier verifier(Verifier.Pause pause) {
        return new Verifier(VerifyOptions.DEFAULT, pause, System::nanoTime, VerifyListener.SILENT);
    }

    private Comparison comparison() {
        return comparison(sync);
    }

    private Comparison comparison(Flow flow) {
        return new Comparison(USERS, "1", databases.source(), databases.target(), flow);
    }

    /** Takes a step when both sides have been looked at once. */
    private static final class AfterFirstLook implements Flow {
        private final Flow flow;
        private final Step step;
        private int positions;

        AfterFirstLook(Flow flow, Step step) {
            this.flow = flow;
            this.step = step;
        }

        @Override
        public String mark(Connection source) throws SQLException {
            return flow.mark(source);
        }

        @Override
        public boolean sequencedUpTo(Connection source, String mark) throws SQLException {
            return flow.sequencedUpTo(source, mark);
        }

        @Override
        public String definition(Connection source) throws SQLException {
            return flow.definition(source);
        }

        @Override
        public Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys, boolean byText)
                throws SQLException {
            return flow.sequenceIds(source, keys, byText);
        }

        @Override
        public Position position(Connection target, boolean lock) throws SQLException {
            Position position = flow.position(target, lock);
            positions++;
            if (positions == 2) {
                step.run();
            }
            return position;
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** Each pause is one step of the sync; a pause after the last one is a failure. */
    private static final class Steps implements Verifier.Pause {
        private final Deque<Step> steps;

        Steps(Step... steps) {
            this.steps = new ArrayDeque<>(List.of(steps));
        }

        int left() {
            return steps.size();
        }

        @Override
        public void pause() {
            if (steps.isEmpty()) {
                throw new AssertionError("everything has arrived, and verify still waits");
            }
            try {
                steps.remove().run();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
