package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {

    @ParameterizedTest
    @CsvSource({"200, 100", "1500, 100", "100000, 5000"})
    void rows_arrive_whole_across_the_borders_of_batches_also_where_rows_on_them_are_deleted(int rows, int batch) {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("sync: { batch_size: " + batch + " }");
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'first', false FROM generate_series(1, " + rows
                            + ") i");
            scenario.install();
            scenario.run();
            String counts = "SELECT display_name, count(*), sum(id) FROM %s GROUP BY 1 ORDER BY 1";
            arrives(scenario, counts);
            // A pass gives ids in the order of the key, so these rows are the last and the first of their batches.
            scenario.source()
                    .execute("UPDATE project_user SET display_name = 'second'; DELETE FROM project_user WHERE id % "
                            + batch + " < 2; UPDATE project_user SET display_name = 'third' WHERE id % 7 = 0");
            arrives(scenario, counts);
        }
    }

    private static void arrives(SyncScenario scenario, String sql) {
        Rows.of(scenario.target(), String.format(sql, "users"))
                .become(Rows.of(scenario.source(), String.format(sql, "project_user"))
                        .now()
                        .toArray(String[]::new));
    }

    @Test
    void the_metadata_tells_how_far_a_mapping_has_come_and_only_grows() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            List<Long> cursors = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, " + i + ", 'user', false)");
                Rows.of(scenario.target(), "SELECT max(id) FROM users").become("" + i);
                cursors.add(Long.valueOf(scenario.target()
                        .value("SELECT last_synced_sequence_id FROM tideline_sync_metadata"
                                + " WHERE mapping_name = 'users' AND tenant = '1'")));
            }
            assertThat(cursors).isSorted();
            assertThat(cursors.get(4)).isGreaterThan(cursors.get(1));
            Rows.of(
                            scenario.source(),
                            "SELECT last_synced_sequence_id FROM tideline.target_state WHERE mapping_name = 'users'")
                    .become("" + cursors.get(4));
        }
    }
}
