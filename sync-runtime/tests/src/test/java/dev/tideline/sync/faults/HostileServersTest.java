package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.faults.HostileServer.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class HostileServersTest {

    private static final String USERS = "SELECT display_name FROM users";

    private static final Duration LATENCY = Duration.ofSeconds(5);

    /** Beside one of each, on one worker: a healthy target's changes come as ever, and what is said of the others is short. */
    @Test
    void servers_that_do_what_no_server_should_hold_up_nobody() {
        long seed = Long.getLong("tideline.fuzz.seed", System.nanoTime());
        List<HostileServer> servers = new ArrayList<>();
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("sync: { workers: 1 }");
            StringBuilder tenants = new StringBuilder("INSERT INTO tenancy VALUES (3)");
            for (Script script : Script.values()) {
                HostileServer server = new HostileServer(script, seed);
                servers.add(server);
                String tenant = String.valueOf(10 + script.ordinal());
                scenario.addTarget(tenant, script.name().toLowerCase(Locale.ROOT), server.url() + "?connect_timeout=2");
                tenants.append(", (").append(tenant).append(')');
            }
            scenario.source().execute(tenants.toString(), "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("Ada");
            for (Script script : Script.values()) {
                scenario.source().execute("UPDATE project_user SET display_name = '" + script + "'");
                await(script + ", seed " + seed)
                        .atMost(LATENCY)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> Rows.of(scenario.target(), USERS).now().equals(List.of(script.toString())));
            }
            await("each is said to fail, seed " + seed)
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(
                                    scenario.source()
                                            .rows(
                                                    "SELECT target FROM tideline.target_state WHERE error IS NOT NULL ORDER BY 1"))
                            .hasSize(Script.values().length));
            assertThat(scenario.source()
                            .value("SELECT bool_and(error LIKE '%a connection pooler, such as PgBouncer%') FROM"
                                    + " tideline.target_state WHERE target IN ('pools', 'refuses_parameters')"))
                    .isEqualTo("t");
            assertThat(scenario.source().value("SELECT max(length(error)) < 2200 FROM tideline.target_state"))
                    .as("seed %s", seed)
                    .isEqualTo("t");
            for (HostileServer server : servers) {
                await("connections are closed, seed " + seed)
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> server.open() <= 1);
            }
        } finally {
            servers.forEach(HostileServer::close);
        }
    }

    /** However many are tried at a time, threads and places are bounded, and a new tenant's first copy is not far behind. */
    @Test
    void many_silent_servers_do_not_hold_up_a_first_copy() {
        try (HostileServer silent = new HostileServer(Script.SILENT_BEFORE_LOGIN, 0);
                SyncScenario scenario = SyncScenario.users()) {
            scenario.moveTarget("2000");
            scenario.settings("sync: { workers: 2 }");
            for (int tenant = 10; tenant < 310; tenant++) {
                scenario.addTarget(String.valueOf(tenant), "silent", silent.url() + "?currentSchema=t" + tenant);
            }
            scenario.source()
                    .execute(
                            "INSERT INTO tenancy SELECT generate_series(10, 310)",
                            "INSERT INTO tenancy VALUES (2000)",
                            "INSERT INTO project_user VALUES (2000, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("Ada");
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("tideline-sync-")
                                    || thread.getName().contains("PostgreSQL"))
                            .count())
                    .isLessThan(90);
        }
    }
}
