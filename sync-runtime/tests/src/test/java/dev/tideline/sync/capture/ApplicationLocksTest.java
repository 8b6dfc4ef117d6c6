package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.LockWatch;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code -Dtideline.locks=PT5M} says how long the second test looks. */
class ApplicationLocksTest {

    private static final Duration LONG = Duration.parse(System.getProperty("tideline.locks", "PT3S"));

    private static final String LAST = "SELECT last_sequence_id FROM tideline.sequencer";
    private static final String LEFT = "SELECT (SELECT count(*) FROM tideline.fan_out) + (SELECT count(*) FROM"
            + " (SELECT FROM tideline.sequencer s, tideline.new_changes(s.last_snapshot, pg_current_snapshot()) LIMIT 1) c)";

    private static final int WRITERS = 4;
    private static final int TURNS = 12;

    /** {@code %1$d} is a writer, {@code %2$d} a row that no other one writes, and {@code %3$d} differs each time. */
    private static final List<String> STATEMENTS = List.of(
            "UPDATE member SET note = 'note %3$d' WHERE id %% 4 = %1$d AND id < 200",
            "UPDATE member SET team_id = %1$d + 4 * (%3$d %% 10) WHERE id = %2$d",
            "UPDATE member SET tenancy_id = 3 - tenancy_id WHERE id = %2$d",
            "UPDATE team SET name = 'name %3$d' WHERE id = %1$d + 4 * (%3$d %% 10)",
            "UPDATE event SET v = 'v %3$d' WHERE id = %2$d",
            "UPDATE event SET id = 1000000 + 4 * %3$d + %1$d WHERE id = %2$d",
            "DELETE FROM event WHERE id = %2$d",
            "INSERT INTO event VALUES (1, %2$d, 'new') ON CONFLICT DO NOTHING",
            "DELETE FROM member WHERE id = %2$d",
            "INSERT INTO member VALUES (2, %2$d, %1$d, 'new') ON CONFLICT DO NOTHING",
            "SELECT count(*) FROM member");

    @Test
    void no_session_of_the_application_waits_for_us_while_change_tables_turn_under_load() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            int[] turns = {0};
            String[] table = {""};
            Transaction users = (statement, random, writer, turn) -> {
                for (int i = 0; i < 3; i++) {
                    long id = random.nextInt(50) * WRITERS + writer;
                    statement.execute("INSERT INTO project_user VALUES (" + (1 + id % 2) + ", " + id
                            + ", 'a', false) ON CONFLICT (id) DO UPDATE SET display_name = 'b' || random()");
                }
            };
            boolean turned = waitForNobody(scenario, users, Duration.ofSeconds(60), () -> {
                String now = scenario.source().value("SELECT change_table FROM tideline.sequencer");
                turns[0] += now.equals(table[0]) ? 0 : 1;
                table[0] = now;
                return turns[0] > TURNS;
            });
            assertThat(turned).as("%s turns of the change table", TURNS).isTrue();
        }
    }

    @Test
    void no_session_of_the_application_waits_for_us_whatever_it_writes_while_two_runtimes_are_at_work()
            throws Exception {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE team (tenancy_id int NOT NULL, id int PRIMARY KEY, name text);
                CREATE TABLE member (tenancy_id int NOT NULL, id int PRIMARY KEY, team_id int REFERENCES team, note text);
                CREATE INDEX ON member (team_id, id);
                CREATE TABLE event (tenancy_id int NOT NULL, id int, v text, PRIMARY KEY (id)) PARTITION BY HASH (id);
                CREATE TABLE event_0 PARTITION OF event FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                CREATE TABLE event_1 PARTITION OF event FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                INSERT INTO team SELECT 1 + i % 2, i, 'team' FROM generate_series(0, 39) i;
                INSERT INTO member SELECT 1 + i % 2, i, i % 40, '' FROM generate_series(0, 1999) i;
                INSERT INTO event SELECT 1 + i % 2, i, '' FROM generate_series(0, 399) i;
                """, """
                mappings:
                  members:
                    table: member
                    tenant: tenancy_id
                    key: [id]
                    target: members
                    select: SELECT r.id, r.note, t.name FROM member r JOIN team t ON t.id = r.team_id
                    depends_on: [{ table: team, key: { team_id: id } }]
                  teams: { table: team, tenant: tenancy_id, key: [id], target: teams }
                  events: { table: event, tenant: tenancy_id, key: [id], target: events }
                """)) {
            scenario.addTarget("2", "main");
            scenario.settings("sequencer: { batch_size: 20, interval: 5ms }\nsync: { batch_size: 50 }");
            scenario.install();
            scenario.run();
            scenario.run();
            Transaction whatever = (statement, random, writer, turn) -> {
                for (int i = 0; i < 2; i++) {
                    int row = writer + WRITERS * random.nextInt(90);
                    String sql = STATEMENTS.get(random.nextInt(STATEMENTS.size()));
                    statement.execute(String.format(sql, writer, row, turn * 2 + i));
                }
            };
            waitForNobody(scenario, whatever, LONG, () -> false);
            awaitSequenced(scenario);
            String members = "SELECT r.id, r.note, t.name FROM member r JOIN team t ON t.id = r.team_id"
                    + " WHERE r.tenancy_id = 1 ORDER BY 1";
            Rows.of(scenario.target(), "SELECT id, note, name FROM members ORDER BY 1")
                    .become(Rows.of(scenario.source(), members).now().toArray(String[]::new));
        }
    }

    /**
     * Waits while the sequencer gets on. Passes of 20 changes come to fewer than writers who do nothing else: after five
     * minutes two million wait.
     */
    private static void awaitSequenced(SyncScenario scenario) throws Exception {
        while (!scenario.source().value(LEFT).equals("0")) {
            String before = scenario.source().value(LAST);
            assertThat(Await.until(
                            () -> !scenario.source().value(LAST).equals(before)
                                    || scenario.source().value(LEFT).equals("0"),
                            Duration.ofMillis(50),
                            Duration.ofSeconds(20)))
                    .as("the sequencer gets on from %s", before)
                    .isTrue();
        }
    }

    /** What a session of the application does in one transaction. */
    @FunctionalInterface
    private interface Transaction {
        /** @param turn how many this writer has done before */
        void write(Statement statement, Random random, int writer, int turn) throws SQLException;
    }

    /**
     * Lets sessions write, each rows of its own, so that it can wait for nobody but us, and change tables turn as the
     * runtime's own do, but at every look and however small they are.
     *
     * @return whether it was enough within the limit
     */
    private static boolean waitForNobody(
            SyncScenario scenario, Transaction transaction, Duration limit, Await.Condition enough) throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        List<Future<?>> writers = new ArrayList<>();
        try (SourceDatabase source = scenario.openSource();
                Connection keeper = source.connection();
                LockWatch watch = new LockWatch(scenario.source())) {
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                writers.add(threads.submit(() -> {
                    write(scenario, transaction, writer, stop, written);
                    return null;
                }));
            }
            ChangeTableRotation rotation = new ChangeTableRotation(1, 1);
            boolean came = Await.until(
                    () -> {
                        rotation.runOnce(keeper);
                        return enough.holds() || writers.stream().anyMatch(Future::isDone);
                    },
                    Duration.ofMillis(1),
                    limit);
            stop.set(true);
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(watch.waits()).isEmpty();
            assertThat(watch.looks()).isGreaterThan(20);
            assertThat(written.get()).isGreaterThan(20);
            return came;
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    private static void write(
            SyncScenario scenario, Transaction transaction, int writer, AtomicBoolean stop, AtomicInteger written)
            throws SQLException {
        Random random = new Random(writer);
        try (Connection connection = LockWatch.application(scenario.source());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int turn = 0; !stop.get(); turn++) {
                transaction.write(statement, random, writer, turn);
                if (random.nextInt(10) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
                written.incrementAndGet();
            }
        }
    }
}
