package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.event.SyncListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TenantsTest {

    @Test
    void two_databases_of_one_tenant_and_three_of_another_get_their_own_rows_and_no_others() {
        try (SyncScenario scenario = SyncScenario.users()) {
            List<TestDatabase> ofOne = List.of(scenario.target(), scenario.addTarget("1", "second"));
            List<TestDatabase> ofTwo = List.of(
                    scenario.addTarget("2", "first"),
                    scenario.addTarget("2", "second"),
                    scenario.addTarget("2", "third"));
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1 + i % 2, i, 'copied', false"
                            + " FROM generate_series(1, 20) i");
            scenario.install();
            scenario.run();
            haveJustTheirOwn(scenario, ofOne, 1);
            haveJustTheirOwn(scenario, ofTwo, 2);
            scenario.source()
                    .execute("UPDATE project_user SET display_name = 'changed' WHERE id % 3 = 0;"
                            + " UPDATE project_user SET tenancy_id = 3 - tenancy_id WHERE id % 5 = 0;"
                            + " DELETE FROM project_user WHERE id % 7 = 0");
            haveJustTheirOwn(scenario, ofOne, 1);
            haveJustTheirOwn(scenario, ofTwo, 2);
        }
    }

    private static void haveJustTheirOwn(SyncScenario scenario, List<TestDatabase> targets, int tenant) {
        String[] own = Rows.of(
                        scenario.source(),
                        "SELECT tenancy_id, id, display_name FROM project_user WHERE tenancy_id = " + tenant
                                + " ORDER BY id")
                .now()
                .toArray(String[]::new);
        for (TestDatabase target : targets) {
            Rows.of(target, "SELECT tenancy_id, id, display_name FROM users ORDER BY id")
                    .become(own);
        }
    }

    @Test
    void many_syncs_of_one_tenant_at_once_beside_two_runtimes_give_one_whole_export() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'user', false FROM generate_series(1, 3000) i");
            scenario.settings("sync: { batch_size: 50 }");
            scenario.install();
            scenario.run();
            scenario.run();
            SyncConfig config = scenario.config();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<TenantSync.Report>> syncs = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    scenario.source().execute("UPDATE project_user SET display_name = 'version " + i + "'");
                    syncs.add(threads.submit(() -> TenantSync.run(config, "1", SyncListener.NONE)));
                }
                for (Future<TenantSync.Report> sync : syncs) {
                    assertThat(sync.get().failures()).isEmpty();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(Rows.of(scenario.target(), "SELECT display_name, count(*), sum(id) FROM users GROUP BY 1")
                            .now())
                    .as("what was committed before the last of them began")
                    .containsExactly("version 7|3000|" + 3000 * 3001 / 2);
        }
    }

    @Test
    void a_request_for_a_tenant_that_is_gone_is_dropped_and_holds_up_nobody() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            scenario.source()
                    .execute("INSERT INTO project_user VALUES (77, 1, 'of no tenant', false), (1, 2, 'Ada', false)");
            Rows.of(scenario.target(), "SELECT id FROM users").become("2");
            Rows.of(scenario.source(), "SELECT tenant FROM tideline.outgoing_request")
                    .become();
        }
    }
}
