package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.LeastPrivilege;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a person does with a source, under roles that may do no more than they must. */
class LeastPrivilegeTest {

    @TempDir
    private Path folder;

    private SyncScenario scenario;

    private TidelineTool.Outcome tideline(int code, String... arguments) {
        TidelineTool.Outcome outcome = new TidelineTool(folder).run(scenario, arguments);
        assertThat(outcome.code())
                .as("%s: %s", String.join(" ", arguments), outcome)
                .isEqualTo(code);
        return outcome;
    }

    private void targetBecomes(String... rows) {
        Rows.of(scenario.target(), "SELECT id, display_name FROM users ORDER BY 1")
                .become(rows);
    }

    @Test
    void the_whole_pipeline_works_and_leaves_nothing_behind() throws IOException {
        try (MockWebServer receiver = new MockWebServer();
                SyncScenario users = SyncScenario.users();
                LeastPrivilege roles = LeastPrivilege.in(users, "tenancy", "project_user")) {
            scenario = users;
            receiver.start();
            users.settings("webhooks: [ { mapping: users, url: \"" + receiver.url("/")
                    + "\", secret: s, allow_private: true } ]\n"
                    + "requests: { allow_private: true, retry: 20ms, attempts: 2 }");
            tideline(0, "check");
            tideline(0, "install", "--plan");
            tideline(0, "install");
            roles.letApplicationEnqueue();

            roles.asRuntime();
            roles.application("INSERT INTO project_user VALUES (1, 1, 'Ada')");
            tideline(0, "sync", "1");
            targetBecomes("1|Ada");
            for (int i = 0; i < 2; i++) {
                receiver.enqueue(new MockResponse.Builder().code(200).build());
            }
            try (SyncRuntime runtime = users.run()) {
                roles.application("UPDATE project_user SET display_name = 'Ada Lovelace'");
                targetBecomes("1|Ada Lovelace");
                roles.application("SELECT tideline.enqueue_request('" + receiver.url("/") + "')");
                Awaitility.await("webhook and request are delivered")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> receiver.getRequestCount() >= 2);
                tideline(0, "status", "--fail");
                tideline(0, "verify");
                tideline(0, "resync", "1");
                tideline(0, "pause", "1/main");
                tideline(0, "resume", "1/main");
                tideline(0, "pause", "sequencer");
                tideline(0, "resume", "sequencer");

                users.target().execute("ALTER TABLE users ADD CONSTRAINT short CHECK (length(display_name) < 20)");
                roles.application(
                        "INSERT INTO project_user VALUES (1, 2, 'a name that is far too long'), (1, 3, 'Eve')");
                targetBecomes("1|Ada Lovelace", "3|Eve");
                Awaitility.await("the row is parked")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> tideline(0, "park", "list").out().contains("short"));
                tideline(1, "park", "retry", "--all"); // refused again
                tideline(0, "park", "discard", "--all");
            }
            tideline(0, "sequence", "--once");
            tideline(0, "poll", "--once");
            tideline(0, "requests", "list");
            tideline(0, "requests", "retry", "--all");

            roles.asInstaller();
            tideline(0, "install");
            roles.asRuntime();
            tideline(0, "sync", "1");
            roles.asInstaller();
            tideline(0, "uninstall");
            assertThat(users.source().value("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"))
                    .isEqualTo("0");
            assertThat(users.source().value("SELECT to_regnamespace('tideline')"))
                    .isNull();
        }
    }

    @Test
    void the_role_that_runs_changes_neither_the_application_nor_what_runs_within_its_statements() {
        try (SyncScenario users = SyncScenario.users();
                LeastPrivilege roles = LeastPrivilege.in(users, "tenancy", "project_user")) {
            scenario = users;
            users.source().execute("CREATE TABLE secret (s text)");
            tideline(0, "install");
            roles.letApplicationEnqueue();
            for (String refused : new String[] {
                "INSERT INTO project_user VALUES (1, 1, 'x')",
                "SELECT * FROM secret",
                "ALTER TABLE project_user DISABLE TRIGGER ALL",
                "DO $$ BEGIN EXECUTE (SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname ~ '^tideline_[0-9]+_new$'); END $$",
                "DROP TABLE tideline.fuse",
                "CREATE TABLE tideline.mine (i int)"
            }) {
                assertThatThrownBy(() -> roles.runtime(refused))
                        .as(refused)
                        .hasMessageMatching("(?s).*(denied|must be owner).*");
            }
            for (String refused : new String[] {
                "SELECT tideline.turn_capture(1)",
                "SELECT * FROM tideline.signing_secret",
                "DELETE FROM tideline.change_0"
            }) {
                assertThatThrownBy(() -> roles.application(refused)).as(refused).hasMessageContaining("denied");
            }
        }
    }
}
