package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResyncCommandTest {

    private static final String[] MEDDLE = {
        "UPDATE one SET v = 'changed by hand' WHERE id = 1",
        "DELETE FROM one WHERE id = 2",
        "INSERT INTO one VALUES (1, 9, 'too much')",
        "UPDATE two SET v = 'changed by hand' WHERE id = 1"
    };

    @TempDir
    private Path folder;

    private TidelineTool tideline;

    @BeforeEach
    void setUp() {
        tideline = new TidelineTool(folder);
    }

    private SyncScenario synced() {
        SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE one (tenant int NOT NULL, id int PRIMARY KEY, v text);
                CREATE TABLE two (tenant int NOT NULL, id int PRIMARY KEY, v text);
                INSERT INTO one VALUES (1, 1, 'a'), (1, 2, 'b');
                INSERT INTO two VALUES (1, 1, 'a');
                """, """
                mappings:
                  ones: { table: one, tenant: tenant, key: [id], target: one }
                  twos: { table: two, tenant: tenant, key: [id], target: two }
                """);
        tideline.run(scenario, "install");
        return scenario;
    }

    private static List<String> ones(TestDatabase target) throws Exception {
        return Rows.of(target, "SELECT id, v FROM one ORDER BY 1").now();
    }

    private static List<String> twos(TestDatabase target) throws Exception {
        return Rows.of(target, "SELECT id, v FROM two ORDER BY 1").now();
    }

    @Test
    void what_was_changed_by_hand_is_made_good_and_no_request_is_left() throws Exception {
        try (SyncScenario scenario = synced()) {
            tideline.run(scenario, "sync", "1");
            scenario.target().execute(MEDDLE);
            assertThat(tideline.run(scenario, "sync", "1").code()).isZero();
            assertThat(ones(scenario.target()))
                    .as("a sync brings what has changed at the source, and nothing has")
                    .containsExactly("1|changed by hand", "9|too much");

            assertThat(tideline.run(scenario, "resync", "1")).isEqualTo(new Outcome(0, """
                    main ones: 2 rows copied, 0 changed, 0 deleted
                    main twos: 1 row copied, 0 changed, 0 deleted
                    Tenant 1: 1 external database, caught up.
                    """, ""));
            assertThat(ones(scenario.target())).containsExactly("1|a", "2|b");
            assertThat(twos(scenario.target())).containsExactly("1|a");
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.outgoing_request"))
                    .isEqualTo("0");
        }
    }

    @Test
    void only_the_named_mapping_and_external_database_are_copied() throws Exception {
        try (SyncScenario scenario = synced()) {
            TestDatabase second = scenario.addTarget("1", "second");
            tideline.run(scenario, "sync", "1");
            scenario.target().execute(MEDDLE);
            second.execute(MEDDLE);
            assertThat(tideline.run(scenario, "resync", "1", "--target", "second", "--mapping", "twos"))
                    .isEqualTo(new Outcome(0, """
                            second twos: 1 row copied, 0 changed, 0 deleted
                            Tenant 1: 1 external database, caught up.
                            """, ""));
            assertThat(twos(second)).containsExactly("1|a");
            assertThat(ones(second)).contains("9|too much");
            assertThat(twos(scenario.target())).containsExactly("1|changed by hand");
        }
    }

    @Test
    void it_works_beside_a_runtime() throws Exception {
        try (SyncScenario scenario = synced()) {
            scenario.run();
            Rows.of(scenario.target(), "SELECT id FROM two").become("1");
            scenario.target().execute(MEDDLE);
            assertThat(tideline.run(scenario, "resync", "1").code()).isZero();
            assertThat(ones(scenario.target())).containsExactly("1|a", "2|b");
            assertThat(twos(scenario.target())).containsExactly("1|a");
        }
    }

    @Test
    void an_external_database_that_cannot_be_reached_is_named() {
        try (SyncScenario scenario = synced()) {
            scenario.moveTargets("1", "gone", "postgres://postgres:secret@127.0.0.1:1/nowhere");
            assertThat(tideline.run(scenario, "resync", "1"))
                    .isEqualTo(new Outcome(
                            1,
                            "Tenant 1: 1 external database, 1 failed.\n",
                            "tenant 1, target gone: nothing accepts connections at 127.0.0.1:1."
                                    + " Start Postgres there, or correct host and port.\n"));
        }
    }

    @Test
    void unknown_names_are_rejected_with_the_nearest_one() {
        try (SyncScenario scenario = synced()) {
            assertThat(tideline.run(scenario, "resync", "11"))
                    .isEqualTo(new Outcome(
                            2, "", "there is no tenant \"11\" in the table tenancy (id). Did you mean \"1\"?\n"));
            assertThat(tideline.run(scenario, "resync", "1", "--target", "mian"))
                    .isEqualTo(
                            new Outcome(
                                    2,
                                    "",
                                    "tenant \"1\" has no external database \"mian\" that is enabled. Did you mean \"main\"?\n"));
            assertThat(tideline.run(scenario, "resync", "1", "--target", "backup"))
                    .isEqualTo(new Outcome(
                            2,
                            "",
                            "tenant \"1\" has no external database \"backup\" that is enabled. There is main.\n"));
            assertThat(tideline.run(scenario, "resync", "1", "--mapping", "onse"))
                    .isEqualTo(new Outcome(2, "", "there is no mapping \"onse\". Did you mean \"ones\"?\n"));
        }
    }

    @Test
    void it_says_that_nothing_is_installed() {
        try (SyncScenario scenario = SyncScenario.users()) {
            assertThat(tideline.run(scenario, "resync", "1"))
                    .isEqualTo(
                            new Outcome(
                                    2,
                                    "",
                                    "Tideline is not installed in this source. Run \"install\" with this configuration first\n"));
        }
    }
}
