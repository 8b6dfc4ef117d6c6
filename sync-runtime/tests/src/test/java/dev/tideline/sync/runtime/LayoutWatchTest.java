package dev.tideline.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two runtimes with different files on one source, as in a rolling deployment. */
class LayoutWatchTest {

    private static final String WITHOUT_NAMES = """
            mappings:
              users:
                table: project_user
                tenant: tenancy_id
                key: [id]
                target: users
                select: SELECT r.id, 'hidden' AS display_name FROM project_user r
            """;

    @Test
    void the_one_whose_configuration_is_no_longer_installed_stands_by_until_it_is_again() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            List<String> copies = Collections.synchronizedList(new ArrayList<>());
            SyncRuntime older = scenario.run(new CopyList("older", copies));
            Rows.of(scenario.target(), "SELECT id, display_name FROM users").become("1|Ada");

            String olderMappings = scenario.mappings();
            scenario.mappings(WITHOUT_NAMES);
            scenario.install();
            SyncRuntime newer = scenario.run(new CopyList("newer", copies));
            Rows.of(scenario.target(), "SELECT id, display_name FROM users").become("1|hidden");
            for (int i = 2; i < 40; i++) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, " + i + ", 'Bob', false)");
                Rows.of(scenario.target(), "SELECT count(*), count(DISTINCT display_name) FROM users")
                        .become(i + "|1");
            }
            assertThat(copies).containsExactly("older", "newer");

            newer.close();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 40, 'Eve', false)");
            scenario.mappings(olderMappings);
            scenario.install();
            Rows.of(scenario.target(), "SELECT display_name, count(*) FROM users GROUP BY 1 ORDER BY 1")
                    .become("Ada|1", "Bob|38", "Eve|1");
            older.close();
        }
    }

    @Test
    void a_source_that_was_uninstalled_and_installed_again_below_a_runtime_loses_nothing() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Bob', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id FROM users ORDER BY 1").become("1", "2");
            scenario.uninstall();
            scenario.source().execute("DELETE FROM project_user WHERE id = 1");
            scenario.install();
            Rows.of(scenario.target(), "SELECT id FROM users ORDER BY 1").become("2");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 3, 'Eve', false)");
            Rows.of(scenario.target(), "SELECT id FROM users ORDER BY 1").become("2", "3");
        }
    }

    private record CopyList(String name, List<String> copies) implements SyncListener {

        @Override
        public void copyStarted(ExternalDatabase target, Mapping mapping) {
            copies.add(name);
        }
    }
}
