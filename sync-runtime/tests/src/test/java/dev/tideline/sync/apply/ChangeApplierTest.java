package dev.tideline.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SinglePass;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.RowStream;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeApplierTest {

    @Test
    void a_worker_that_paused_with_a_batch_in_hand_cannot_bring_old_rows_back() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'old', false)");
            SinglePass.sequence(scenario.config());
            SyncPlan plan = scenario.plan();
            Mapping users = plan.mappings().get(0);
            try (SourceDatabase source = scenario.openSource();
                    Connection reader = source.connection();
                    TargetSession session = TargetOpening.open(
                            new ExternalDatabase("1", "main", scenario.target().url(), null),
                            PostgresUrl.parse(scenario.target().url()),
                            WatchedSockets.watch(),
                            (target, schema) -> Optional.empty())) {
                ChangeFetcher fetcher = new ChangeFetcher(
                        source, plan.mappings(), InstalledLayout.read(reader).orElseThrow());
                MappingState before = session.state(users);
                Bounds bounds =
                        fetcher.bounds("1", List.of(before.cursor()), 10).get(0);
                String definition = fetcher.definition(users, bounds.epoch());
                try (RowStream batch = fetcher.changes(users, "1", before.cursor(), bounds.upTo(), CopyFormat.TEXT)) {
                    scenario.source().execute("UPDATE project_user SET display_name = 'new'");
                    TenantSync.run(scenario.config(), "1", SyncListener.NONE);
                    String cursor = "SELECT last_synced_sequence_id FROM tideline_sync_metadata";
                    List<String> after = Rows.of(scenario.target(), cursor).now();

                    assertThatThrownBy(() -> new ChangeApplier(session)
                                    .apply(users, definition, before.cursor(), bounds.upTo(), batch))
                            .isInstanceOf(OvertakenException.class);
                    assertThat(Rows.of(scenario.target(), "SELECT display_name FROM users")
                                    .now())
                            .containsExactly("new");
                    assertThat(Rows.of(scenario.target(), cursor).now()).isEqualTo(after);
                }
            }
        }
    }
}
