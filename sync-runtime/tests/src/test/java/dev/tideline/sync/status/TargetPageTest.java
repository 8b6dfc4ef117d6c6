package dev.tideline.sync.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** External databases are searched, sorted and paged where they are, since there may be many. */
class TargetPageTest {

    /** 300 tenants: every hundredth fails, some are copying, paused, behind or have a parked row. */
    private static final String MANY = """
            INSERT INTO tideline.target_state (tenant, target, mapping_name, address, last_synced_sequence_id, error, error_since, copied_rows)
            SELECT 't' || lpad(i::text, 3, '0'), 'main', 'users', 'postgres://host' || i || '/db', 1,
                   CASE WHEN i % 100 = 0 THEN 'the disk is full' END,
                   CASE WHEN i % 100 = 0 THEN clock_timestamp() - make_interval(mins => i) END,
                   CASE WHEN i = 7 THEN 10 ELSE 0 END
              FROM generate_series(1, 300) i;
            INSERT INTO tideline.backlog (tenant, target, mapping_name, entries, behind_since)
            SELECT 't' || lpad(i::text, 3, '0'), 'main', 'users', i, clock_timestamp() - make_interval(secs => 1000 - i)
              FROM generate_series(1, 200) i;
            INSERT INTO tideline.parked (tenant, target, mapping_name, key, key_digest, sequence_id, error, sql_state)
            VALUES ('t042', 'main', 'users', '{1}', tideline.key_digest('{1}'), 1, 'refused', '23514');
            INSERT INTO tideline.fuse (name, enabled) VALUES ('target:t005/main', false), ('target:unheard/of', false);
            """;

    @Test
    void they_are_found_by_text_and_status_in_the_order_that_is_asked_for() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute(MANY);
            try (Connection source = scenario.source().connect()) {
                assertThat(names(source, null, null, "status", 6))
                        .containsExactly("t300", "t200", "t100", "t005", "unheard", "t007");
                assertThat(names(source, null, "error", "name", 9)).containsExactly("t100", "t200", "t300");
                assertThat(names(source, null, "paused", null, 9)).containsExactly("t005", "unheard");
                assertThat(names(source, null, "copying", null, 9)).containsExactly("t007");
                assertThat(names(source, "HOST42/", null, null, 9)).containsExactly("t042");
                assertThat(names(source, "disk is", null, "-name", 9)).containsExactly("t300", "t200", "t100");
                assertThat(names(source, "T29", null, "-name", 2)).containsExactly("t299", "t298");
                assertThat(names(source, "t2_", null, null, 9)).isEmpty();
                assertThat(names(source, null, null, "-backlog", 2)).containsExactly("t200", "t199");
                assertThat(names(source, null, null, "-lag", 2)).containsExactly("t001", "t002");
                assertThat(names(source, null, null, "-parked", 1)).containsExactly("t042");
                assertThat(names(source, null, null, null, 2)).containsExactly("t001", "t002");

                Status last = new StatusReader(source).read(new StatusQuery(null, null, "ok", null, 3, 100));
                assertThat(last.page()).isEqualTo(new Status.Page(3, 100, 3, 300 - 3 - 1 - 1));
                assertThat(last.externalDatabases()).hasSize(95);
                assertThat(last.totals().targets())
                        .as("the sums are over all, whatever is looked for")
                        .isEqualTo(301);
            }
        }
    }

    @Test
    void few_entries_are_counted_and_many_are_taken_as_they_were_measured() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute(MANY);
            scenario.source()
                    .execute("INSERT INTO tideline.ledger_1 (tenant, k1, sequence_id, changed_at)"
                            + " SELECT t, row_number() OVER (), 1 + row_number() OVER (), clock_timestamp()"
                            + " FROM unnest(ARRAY['t005', 't200']) t, generate_series(1, 3)");
            try (Connection source = scenario.source().connect()) {
                assertThat(backlog(source, "t005")).as("measured: 5").isEqualTo(3);
                assertThat(backlog(source, "t200")).as("measured: 200").isEqualTo(200);
            }
        }
    }

    @Test
    void pages_far_behind_are_found_from_the_nearest_start_and_show_each_target_once() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source()
                    .execute(
                            "INSERT INTO tideline.target_state (tenant, target, mapping_name, address)"
                                    + " SELECT 't' || i % 1100, 'x' || i, m, '' FROM generate_series(1, 1400) i, unnest(ARRAY['', 'users']) m;"
                                    + " INSERT INTO tideline.fuse (name, enabled) SELECT 'target:p' || i || '/main', false FROM generate_series(1, 99) i");
            List<String> all = scenario
                    .source()
                    .rows("SELECT tenant || '/' || target FROM (SELECT tenant, target FROM tideline.target_state"
                            + " UNION SELECT tenant, target FROM tideline.paused_target) t ORDER BY tenant, target")
                    .stream()
                    .map(row -> row.get(0))
                    .toList();
            assertThat(all).hasSize(1499);
            try (Connection source = scenario.source().connect()) {
                PageStarts starts = PageStarts.read(source);
                assertThat(starts.starts())
                        .extracting(start -> start.tenant() + "/" + start.target())
                        .containsExactly(all.get(499), all.get(999));
                StatusReader reader = new StatusReader(source);
                Summary summary = reader.summary(Troubles.read(source, reader.layout()));
                List<String> paged = new ArrayList<>();
                for (int page = 1; page <= 10; page++) {
                    reader.page(new StatusQuery(null, page, 150), reader.layout(), summary, starts)
                            .externalDatabases()
                            .forEach(target -> paged.add(target.tenant() + "/" + target.name()));
                }
                assertThat(paged).isEqualTo(all);
                assertThat(reader.page(new StatusQuery("t7", 1, 1), reader.layout(), summary, starts)
                                .externalDatabases())
                        .extracting(Status.Target::name)
                        .containsExactly("x1107");
            }
        }
    }

    private static long backlog(Connection source, String tenant) throws SQLException {
        return new StatusReader(source)
                .read(new StatusQuery(tenant, 1, 1))
                .externalDatabases()
                .get(0)
                .mappings()
                .get(0)
                .backlog();
    }

    private static List<String> names(Connection source, String search, String state, String sort, int size)
            throws SQLException {
        return new StatusReader(source)
                .read(new StatusQuery(null, search, state, sort, 1, size)).externalDatabases().stream()
                        .map(Status.Target::tenant)
                        .toList();
    }
}
