package dev.tideline.sync.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.RowStream;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerCollectorTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";
    private static final String LEDGER = "SELECT count(*) FROM tideline.ledger_1";
    private static final String DELETED = "SELECT key FROM tideline.deleted_row ORDER BY key";

    /** One round that takes whatever it may, however young. */
    private static long collect(SyncScenario scenario, Duration waitsFor) throws SQLException {
        try (SourceDatabase source = scenario.openSource()) {
            LedgerCollector collector = new LedgerCollector(source, Duration.ZERO, waitsFor, 1);
            int steps = 0;
            while (collector.runOnce() != LedgerCollector.Step.DONE) {
                assertThat(++steps).isLessThan(1_000);
            }
            return collector.removed();
        }
    }

    private static long collect(SyncScenario scenario) throws SQLException {
        return collect(scenario, Duration.ofDays(7));
    }

    private static void sync(SyncScenario scenario) {
        assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures())
                .isEmpty();
    }

    private static SyncScenario threeUsers() {
        SyncScenario scenario = SyncScenario.users();
        scenario.source()
                .execute(
                        "INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false), (1, 3, 'Eve', false)");
        scenario.install();
        sync(scenario);
        return scenario;
    }

    @Test
    void entries_that_every_cursor_has_passed_are_removed_and_the_target_continues() throws SQLException {
        try (SyncScenario scenario = threeUsers()) {
            scenario.source()
                    .execute("DELETE FROM project_user WHERE id = 1; UPDATE project_user SET display_name = 'x'");
            assertThat(collect(scenario)).as("nothing is sequenced yet").isZero();
            sync(scenario);
            assertThat(Rows.of(scenario.source(), DELETED).now()).containsExactly("1");

            assertThat(collect(scenario)).isEqualTo(3);
            assertThat(Rows.of(scenario.source(), DELETED).now()).isEmpty();
            assertThat(Rows.of(scenario.source(), "SELECT key, sequence_id, deleted FROM tideline.row_state ORDER BY 1")
                            .now())
                    .containsExactly("2|0|f", "3|0|f");

            String before = scenario.target().value("SELECT xmin FROM users WHERE id = 3");
            scenario.source().execute("UPDATE project_user SET display_name = 'y' WHERE id = 2");
            sync(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("2|y", "3|x");
            assertThat(scenario.target().value("SELECT xmin FROM users WHERE id = 3"))
                    .as("followed, and not copied again")
                    .isEqualTo(before);
        }
    }

    @Test
    void entries_stay_while_one_target_is_behind_unless_it_is_too_long() throws SQLException {
        try (SyncScenario scenario = threeUsers()) {
            scenario.settings("sync: { on_bad_row: stop }");
            TestDatabase second = scenario.addTarget("1", "second");
            scenario.settings("sync: { on_bad_row: stop }");
            sync(scenario);
            second.execute("ALTER TABLE users ADD CONSTRAINT no_x CHECK (display_name <> 'x')");
            scenario.source()
                    .execute("DELETE FROM project_user WHERE id = 1; UPDATE project_user SET display_name = 'x'");
            assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures())
                    .containsOnlyKeys("second/users");
            assertThat(collect(scenario)).isZero();

            assertThat(collect(scenario, Duration.ZERO)).isEqualTo(3);
            second.execute("ALTER TABLE users DROP CONSTRAINT no_x");
            sync(scenario);
            assertThat(Rows.of(second, USERS).now()).containsExactly("2|x", "3|x");
        }
    }

    @Test
    void a_target_restored_from_a_backup_is_compared_as_a_whole() throws SQLException {
        try (SyncScenario scenario = threeUsers()) {
            String backup = scenario.target().value("SELECT last_synced_sequence_id FROM tideline_sync_metadata");
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            sync(scenario);
            assertThat(collect(scenario)).isEqualTo(1);
            scenario.target()
                    .execute("INSERT INTO users (tenancy_id, id, display_name) VALUES (1, 1, 'Ada');"
                            + " UPDATE tideline_sync_metadata SET last_synced_sequence_id = " + backup);
            sync(scenario);
            assertThat(Rows.of(scenario.target(), USERS).now()).containsExactly("2|Bob", "3|Eve");
        }
    }

    @Test
    void a_batch_read_after_its_entries_were_removed_fails_instead_of_missing_a_deleted_row() throws SQLException {
        try (SyncScenario scenario = threeUsers();
                SourceDatabase source = scenario.openSource()) {
            long before = Long.parseLong(scenario.source().value("SELECT last_sequence_id FROM tideline.sequencer"));
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            sync(scenario);
            SyncPlan plan = scenario.plan();
            ChangeFetcher fetcher;
            try (Connection reader = scenario.source().connect()) {
                fetcher = new ChangeFetcher(
                        source, plan.mappings(), InstalledLayout.read(reader).orElseThrow());
            }
            long upTo =
                    fetcher.bounds("1", java.util.List.of(before), 10).get(0).upTo();
            assertThat(upTo).isGreaterThan(before);
            collect(scenario);
            assertThatThrownBy(() -> {
                        try (RowStream rows =
                                fetcher.changes(plan.mappings().get(0), "1", before, upTo, CopyFormat.TEXT)) {
                            rows.next();
                        }
                    })
                    .hasMessageContaining(
                            "entries behind sequence id " + before + " of tenant 1 have been removed meanwhile");
            try (RowStream rows = fetcher.changes(plan.mappings().get(0), "1", upTo, upTo + 1, CopyFormat.TEXT)) {
                assertThat(rows.next()).isNull();
            }
        }
    }

    @Test
    void of_several_entries_of_one_key_only_the_newest_stays_for_a_target_that_is_behind() throws SQLException {
        try (SyncScenario scenario = threeUsers()) {
            TestDatabase behind = scenario.addTarget("1", "behind");
            scenario.settings("sync: { on_bad_row: stop }");
            sync(scenario);
            behind.execute("ALTER TABLE users ADD CONSTRAINT capitals CHECK (display_name ~ '^[A-Z]')");
            for (String name : List.of("a", "b", "c")) {
                scenario.source().execute("UPDATE project_user SET display_name = '" + name + "' WHERE id < 3");
                assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE)
                                .failures())
                        .containsOnlyKeys("behind/users");
            }
            assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("6");

            assertThat(collect(scenario)).isEqualTo(4);
            assertThat(Rows.of(scenario.source(), "SELECT k1 FROM tideline.ledger_1 ORDER BY 1")
                            .now())
                    .containsExactly("1", "2");
            behind.execute("ALTER TABLE users DROP CONSTRAINT capitals");
            sync(scenario);
            assertThat(Rows.of(behind, USERS).now()).containsExactly("1|c", "2|c", "3|Eve");
        }
    }

    @Test
    void ten_thousand_tenants_take_a_bounded_number_of_small_steps() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users();
                SourceDatabase source = scenario.openSource()) {
            scenario.install();
            scenario.source()
                    .execute(
                            "INSERT INTO tideline.ledger_1 (tenant, k1, sequence_id, changed_at)"
                                    + " SELECT t, i, i, now() - interval '2 hours' FROM generate_series(1, 10000) i,"
                                    + " LATERAL (SELECT (i % 9999)::text AS t) x",
                            "INSERT INTO tideline.ledger_1 (tenant, k1, sequence_id, changed_at)"
                                    + " SELECT 'large', i, i, now() - interval '2 hours'"
                                    + " FROM generate_series(20000, 30000) i");
            LedgerCollector collector = new LedgerCollector(source);
            int steps = 1;
            while (collector.runOnce() == LedgerCollector.Step.MORE) {
                steps++;
            }
            assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("0");
            assertThat(steps).isBetween(200, 210);
        }
    }
}
