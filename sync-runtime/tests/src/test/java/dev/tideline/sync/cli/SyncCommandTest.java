package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncCommandTest {

    private static final String SEQUENCER_PAUSED =
            "the sequencer is paused, so changes committed since then are not synced. Run \"resume sequencer\", then"
                    + " sync again\n";

    @TempDir
    private Path folder;

    private TidelineTool tideline;

    @BeforeEach
    void setUp() {
        tideline = new TidelineTool(folder);
    }

    private SyncScenario installed() {
        SyncScenario scenario = SyncScenario.users();
        scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
        tideline.run(scenario, "install");
        return scenario;
    }

    @Test
    void a_paused_sequencer_fails_the_sync_and_is_named() {
        try (SyncScenario scenario = installed()) {
            tideline.run(scenario, "pause", "sequencer");
            assertThat(tideline.run(scenario, "sync", "1")).isEqualTo(new Outcome(1, "", SEQUENCER_PAUSED));
        }
    }

    @Test
    void a_paused_sequencer_is_named_beside_the_runtime_that_would_sequence() {
        try (SyncScenario scenario = installed()) {
            scenario.run();
            Rows.of(scenario.target(), "SELECT id FROM users").become("1");
            tideline.run(scenario, "pause", "sequencer");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'Bob', false)");
            long began = System.nanoTime();
            assertThat(tideline.run(scenario, "sync", "1")).isEqualTo(new Outcome(1, "", SEQUENCER_PAUSED));
            assertThat((System.nanoTime() - began) / 1e9)
                    .as("seconds; what a runtime may take to sequence is 30")
                    .isLessThan(15);
        }
    }

    @Test
    void a_paused_external_database_is_left_out_and_named() {
        try (SyncScenario scenario = installed()) {
            TestDatabase second = scenario.addTarget("1", "second");
            tideline.run(scenario, "pause", "1/second");
            assertThat(tideline.run(scenario, "sync", "1")).isEqualTo(new Outcome(0, """
                    main users: 1 row copied, 0 changed, 0 deleted
                    second: paused, until "resume 1/second"
                    Tenant 1: 2 external databases, 1 caught up, 1 paused.
                    """, ""));
            assertThat(Rows.of(second, "SELECT to_regclass('users')").now()).containsExactly("NULL");

            tideline.run(scenario, "pause", "1/main");
            assertThat(tideline.run(scenario, "sync", "1"))
                    .as("nothing was brought to anybody")
                    .isEqualTo(new Outcome(1, """
                            main: paused, until "resume 1/main"
                            second: paused, until "resume 1/second"
                            Tenant 1: 2 external databases, 2 paused.
                            """, ""));
        }
    }

    @Test
    void a_paused_poller_is_worth_a_note() {
        try (SyncScenario scenario = installed()) {
            tideline.run(scenario, "pause", "poller");
            assertThat(tideline.run(scenario, "sync", "1"))
                    .isEqualTo(new Outcome(
                            0,
                            "main users: 1 row copied, 0 changed, 0 deleted\nTenant 1: 1 external database, caught up.\n",
                            "note: the poller is paused, so runtimes sync nothing until \"resume poller\".\n"));
        }
    }

    @Test
    void a_tenant_without_an_external_database_is_told_where_to_add_one() {
        try (SyncScenario scenario = installed()) {
            assertThat(tideline.run(scenario, "sync", "2"))
                    .isEqualTo(new Outcome(
                            2,
                            "",
                            "tenant \"2\" has no external database that is enabled. Add one to external_databases.list:"
                                    + " { tenant, name, url }\n"));
            scenario.listTargetsInTable();
            tideline.run(scenario, "install");
            assertThat(tideline.run(scenario, "sync", "2"))
                    .isEqualTo(new Outcome(
                            2,
                            "",
                            "tenant \"2\" has no external database that is enabled. Add a row to the table"
                                    + " external_database (tenant, name, url, enabled)\n"));
        }
    }

    @Test
    void a_tenant_that_does_not_exist_is_bad_usage_and_names_table_key_and_the_nearest() {
        try (SyncScenario scenario = installed()) {
            assertThat(tideline.run(scenario, "sync", "x99"))
                    .isEqualTo(new Outcome(
                            2,
                            "",
                            "there is no tenant \"x99\" in the table tenancy (id). Tenants compare as text: write the id as it"
                                    + " stands there.\n"));
            assertThat(tideline.run(scenario, "sync", "11"))
                    .isEqualTo(new Outcome(
                            2, "", "there is no tenant \"11\" in the table tenancy (id). Did you mean \"1\"?\n"));
        }
    }

    @Test
    void parked_rows_are_counted() {
        try (SyncScenario scenario = installed()) {
            scenario.target()
                    .execute("CREATE TABLE users (tenancy_id int, id bigint PRIMARY KEY, display_name text,"
                            + " is_anonymous boolean, CONSTRAINT no_poison CHECK (display_name <> 'poison'))");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'poison', false)");
            assertThat(tideline.run(scenario, "sync", "1")).isEqualTo(new Outcome(0, """
                    main users: 1 row copied, 0 changed, 0 deleted
                    main users: 1 row parked
                    Tenant 1: 1 external database, caught up except for 1 parked row, see "park list".
                    """, ""));
        }
    }

    @Test
    void the_request_that_a_sync_carried_out_waits_no_more_and_one_that_it_did_not_stays() {
        try (SyncScenario scenario = installed()) {
            String waiting = "SELECT count(*) FROM tideline.outgoing_request";
            scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'Bob', false), (2, 3, 'Eve', false)");
            tideline.run(scenario, "sequence", "--once");
            assertThat(Rows.of(scenario.source(), waiting).now()).containsExactly("2");
            tideline.run(scenario, "sync", "1");
            assertThat(Rows.of(scenario.source(), "SELECT tenant FROM tideline.outgoing_request")
                            .now())
                    .as("nobody brought what is tenant 2's")
                    .containsExactly("2");

            scenario.addTarget("1", "gone", "postgres://postgres:secret@127.0.0.1:1/nowhere");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 4, 'Ida', false)");
            tideline.run(scenario, "sync", "1");
            assertThat(Rows.of(scenario.source(), "SELECT tenant FROM tideline.outgoing_request ORDER BY 1")
                            .now())
                    .as("one of its databases has yet to get it")
                    .containsExactly("1", "2");
        }
    }

    @Test
    void an_error_is_said_once_in_the_words_of_check() {
        try (SyncScenario scenario = installed()) {
            scenario.addTarget("1", "gone", "postgres://postgres:secret@127.0.0.1:1/nowhere");
            assertThat(tideline.run(scenario, "sync", "1"))
                    .isEqualTo(new Outcome(
                            1,
                            "main users: 1 row copied, 0 changed, 0 deleted\n"
                                    + "Tenant 1: 2 external databases, 1 caught up, 1 failed.\n",
                            "tenant 1, target gone: nothing accepts connections at 127.0.0.1:1."
                                    + " Start Postgres there, or correct host and port.\n"));
        }
    }
}
