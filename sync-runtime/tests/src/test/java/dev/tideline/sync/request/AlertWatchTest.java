package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Alerts are sent once when something begins and once when it ends, whoever looks and however often. */
class AlertWatchTest {

    private static final int RUNTIMES = 4;
    private static final int ROUNDS = 20;

    private static final String SENT =
            "SELECT body->>'alert', body->>'state', body->'subjects'->0->>'tenant', body->'subjects'->0->>'target',"
                    + " body->>'count' FROM tideline.http_request WHERE sender LIKE 'alert:%' ORDER BY request_id";

    private static SyncScenario scenario(String limits) {
        SyncScenario scenario = SyncScenario.users();
        scenario.settings("alerts: [ { url: https://alerts.example.org/x, secret: s, " + limits + " } ]");
        scenario.install();
        return scenario;
    }

    /** By a watch of its own each time, as after a restart. */
    private static void look(SyncScenario scenario, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            try (SourceDatabase source = scenario.openSource()) {
                new AlertWatch(source, scenario.config().alerts(), () -> {}).runOnce();
            }
        }
    }

    private static List<String> sent(SyncScenario scenario) {
        return Rows.of(scenario.source(), SENT).now();
    }

    private static void state(SyncScenario scenario, String error) {
        scenario.source()
                .execute("INSERT INTO tideline.target_state (tenant, target, mapping_name, address, error) VALUES"
                        + " ('1', 'main', '', 'a', " + error + ") ON CONFLICT (tenant, target, mapping_name)"
                        + " DO UPDATE SET error = EXCLUDED.error");
    }

    @Test
    void a_target_that_fails_for_long_and_recovers() throws SQLException {
        try (SyncScenario scenario = scenario("failing: 1h")) {
            state(scenario, "'no route'");
            look(scenario, 3);
            assertThat(sent(scenario)).isEmpty();
            scenario.source().execute("UPDATE tideline.alert SET since = since - interval '1 hour'");
            look(scenario, 3);
            assertThat(sent(scenario)).containsExactly("failing|firing|1|main|1");
            state(scenario, "NULL");
            look(scenario, 3);
            assertThat(sent(scenario)).containsExactly("failing|firing|1|main|1", "failing|resolved|1|main|1");
        }
    }

    @Test
    void runtimes_that_look_at_the_same_moment_tell_it_once() throws Exception {
        try (SyncScenario scenario = scenario("parked: 1");
                SourceDatabase source = scenario.openSource()) {
            ExecutorService runtimes = Executors.newFixedThreadPool(RUNTIMES);
            CyclicBarrier moment = new CyclicBarrier(RUNTIMES);
            try {
                for (int round = 1; round <= ROUNDS; round++) {
                    scenario.source()
                            .execute(
                                    round % 2 == 0
                                            ? "DELETE FROM tideline.parked"
                                            : "INSERT INTO tideline.parked (tenant, target, mapping_name, key, key_digest,"
                                                    + " sequence_id, error, sql_state) VALUES ('1', 'main', 'users', '{1}',"
                                                    + " tideline.key_digest('{1}'), 1, 'refused', '23514')");
                    runtimes.invokeAll(Collections.nCopies(RUNTIMES, () -> {
                                moment.await();
                                return new AlertWatch(source, scenario.config().alerts(), () -> {}).runOnce();
                            }))
                            .forEach(AlertWatchTest::done);
                    assertThat(sent(scenario)).hasSize(round);
                }
            } finally {
                runtimes.shutdownNow();
            }
        }
    }

    private static void done(Future<?> look) {
        try {
            look.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void one_that_recovers_before_it_was_told_is_not_told_at_all() throws SQLException {
        try (SyncScenario scenario = scenario("failing: 1h")) {
            state(scenario, "'no route'");
            look(scenario, 1);
            state(scenario, "NULL");
            look(scenario, 2);
            assertThat(sent(scenario)).isEmpty();
        }
    }

    private static String parked(String key) {
        return "INSERT INTO tideline.parked (tenant, target, mapping_name, key, key_digest, sequence_id, error, sql_state)"
                + " VALUES ('2', 'main', 'users', '" + key + "', tideline.key_digest('" + key + "'), 1, 'e', '23505')";
    }

    @Test
    void parked_rows_dead_letters_and_lag() throws SQLException {
        try (SyncScenario scenario = scenario("parked: 2, dead_letters: 1, lag: 5m")) {
            scenario.source().execute(parked("{1}"));
            look(scenario, 1);
            assertThat(sent(scenario)).isEmpty();
            scenario.source()
                    .execute(
                            parked("{2}"),
                            "INSERT INTO tideline.outgoing_request (kind, tenant, changed_at)"
                                    + " VALUES ('sync', '7', now() - interval '6 minutes')",
                            "SELECT tideline.enqueue_request('https://example.org/')",
                            "UPDATE tideline.http_request SET dead = true");
            look(scenario, 3);
            assertThat(sent(scenario))
                    .containsExactlyInAnyOrder("parked|firing|2|main|1", "dead_letters|firing|||1", "lag|firing|7||1");
            scenario.source()
                    .execute(
                            "DELETE FROM tideline.parked",
                            "DELETE FROM ONLY tideline.outgoing_request",
                            "DELETE FROM tideline.http_request WHERE dead");
            look(scenario, 2);
            assertThat(sent(scenario))
                    .filteredOn(line -> line.contains("resolved"))
                    .hasSize(3);
        }
    }

    @Test
    void changes_that_nobody_sequences() throws SQLException {
        try (SyncScenario scenario = scenario("lag: 1s")) {
            scenario.source()
                    .execute(
                            "INSERT INTO project_user VALUES (1, 1, 'Ada')",
                            "UPDATE tideline.change_0 SET captured_at = captured_at - interval '1 minute'");
            look(scenario, 2);
            assertThat(sent(scenario)).containsExactly("lag|firing||sequencer|1");
        }
    }

    @Test
    void a_running_runtime_sends_it_signed() {
        try (Receiver receiver = new Receiver();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("alerts: [ { url: \"" + receiver.url() + "\", secret: [" + Receiver.SECRET
                    + ", other], allow_private: true } ]");
            scenario.install();
            scenario.source()
                    .execute(
                            "SELECT tideline.enqueue_request('https://example.org/')",
                            "UPDATE tideline.http_request SET dead = true");
            scenario.run();
            scenario.run();
            assertThat(receiver.await(1).get(0).body().path("alert").asText()).isEqualTo("dead_letters");
            scenario.source().execute("DELETE FROM tideline.http_request WHERE dead");
            assertThat(receiver.await(2))
                    .extracting(r -> r.body().path("state").asText())
                    .containsExactly("firing", "resolved");
        }
    }
}
