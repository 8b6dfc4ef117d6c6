package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Everything that a person can do from the dashboard, to its end in the databases. */
@ResourceLock("chromium")
class DashboardActionsTest {

    private static final String NAMES = "SELECT id, display_name FROM users ORDER BY id";

    private static final String DEAD_LETTER = "INSERT INTO tideline.outgoing_request (kind, url, dead, attempts,"
            + " last_error) VALUES ('http', 'https://hooks.example.org/rows', true, 12, 'HTTP 503')";

    /** What a person does, with tenant 1's row 1 in its database. */
    @FunctionalInterface
    private interface Story {
        void of(Person person, Api api, TestDatabase source, TestDatabase target);
    }

    private static void play(Story story) {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            try (Api api = Api.of(scenario.run());
                    Person person = chromium.visit(api)) {
                Rows.of(scenario.target(), NAMES).become("1|Ada");
                story.of(person, api, scenario.source(), scenario.target());
                assertThat(person.complaints()).isEmpty();
            }
        }
    }

    @Test
    void a_stage_is_paused_and_resumed_and_it_shows_who_did_it() {
        play((person, api, source, target) -> {
            person.opens("#/overview").button("Pause the sequencer").click();
            person.page().getByLabel("Your name, for the record").fill("Kim");
            person.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByText("Pause the sequencer", new Locator.GetByTextOptions().setExact(true))
                    .last()
                    .click();
            person.readsInHeadline("The sequencer is paused by Kim (session)");
            source.execute("UPDATE project_user SET display_name = 'Eve'");
            person.sees(person.page().locator("#stage-sequence"), "Backlog 1");
            assertThat(target.value("SELECT display_name FROM users")).isEqualTo("Ada");

            person.page().locator(".headline").getByText("switches").click();
            person.reads("Kim (session), from 127.0.0.1");
            person.page().getByRole(AriaRole.SWITCH, role("sequencer")).click();
            person.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByText("Resume the sequencer")
                    .last()
                    .click();

            Rows.of(target, NAMES).become("1|Eve");
            person.readsInHeadline("All is well.");

            person.page().getByRole(AriaRole.SWITCH, role("poller")).click();
            person.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByText("Pause the poller")
                    .last()
                    .click();
            person.readsInHeadline("The poller is paused by Kim (session)");
            person.opens("#/overview").does("Resume the poller", "Resume the poller");
            person.readsInHeadline("All is well.");
        });
    }

    @Test
    void what_somebody_types_stays_while_figures_come() {
        play((person, api, source, target) -> {
            person.opens("#/overview").button("Pause the sequencer").click();
            Locator name = person.page().getByLabel("Your name, for the record");
            name.fill("Kim");
            source.execute(DEAD_LETTER);
            person.readsInHeadline("1 request is dead");
            assertThat(name.inputValue()).isEqualTo("Kim");

            person.button("Cancel").click();
            Locator tenant = person.opens("#/parked").page().getByLabel("Tenant");
            tenant.fill("17");
            source.execute(DEAD_LETTER);
            person.readsInHeadline("2 requests are dead");
            assertThat(tenant.inputValue()).isEqualTo("17");
        });
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions role(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
    }

    @Test
    void one_database_is_paused_and_continues() {
        play((person, api, source, target) -> {
            person.opens("#/database/1/main").does("Pause 1/main", "Pause 1/main");
            person.readsInHeadline("1 database is paused");
            source.execute("UPDATE project_user SET display_name = 'Eve'");
            await("it falls behind")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> api.get("/api/v1/status")
                                    .json()
                                    .at("/external_databases/0/mappings/0/backlog")
                                    .asInt()
                            == 1);
            person.opens("#/switches").does("Resume 1/main", "Resume 1/main");
            Rows.of(target, NAMES).become("1|Eve");
            person.readsInHeadline("All is well.");
        });
    }

    @Test
    void a_tenant_is_synced_and_copied_again_and_the_runs_show_what_came_of_it() {
        play((person, api, source, target) -> {
            person.opens("#/tenant/1").does("Sync now", "Sync now");
            person.sees(person.page().locator("tbody", rows("sync")), "done");

            target.execute("UPDATE users SET display_name = 'wrong'; INSERT INTO users VALUES (1, 9, 'extra', false)");
            person.button("Copy again 1/main").click();
            person.page().getByLabel("Mapping").selectOption("users");
            person.page()
                    .getByRole(AriaRole.DIALOG)
                    .getByText("Copy again")
                    .last()
                    .click();

            Rows.of(target, NAMES).become("1|Ada");
            person.opens("#/runs");
            person.sees(person.page().locator("tbody tr").first(), "copy again");
            person.sees(person.page().locator("tbody tr").first(), "done");
        });
    }

    private static com.microsoft.playwright.Page.LocatorOptions rows(String text) {
        return new com.microsoft.playwright.Page.LocatorOptions().setHasText(text);
    }

    @Test
    void a_run_that_waits_for_locks_is_cancelled() throws Exception {
        play((person, api, source, target) -> {
            try (var blocker = target.connect()) {
                blocker.setAutoCommit(false);
                blocker.createStatement().execute("LOCK TABLE users");
                source.execute("UPDATE project_user SET display_name = 'Eve'");
                person.opens("#/tenant/1").does("Sync now", "Sync now");
                person.does("Cancel sync of tenant 1", "Cancel the run");
                blocker.rollback();
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
            person.seesNoMore(person.button("Cancel sync of tenant 1"));
            person.sees(person.page().locator("tbody", rows("sync")).first(), "sync");
            Rows.of(target, NAMES).become("1|Eve");
        });
    }

    @Test
    void parked_rows_are_retried_and_discarded() {
        play((person, api, source, target) -> {
            target.execute("ALTER TABLE users ADD CONSTRAINT no_poison CHECK (display_name NOT LIKE 'poison%')");
            source.execute("INSERT INTO project_user VALUES (1, 2, 'poison 2', false), (1, 3, 'poison 3', false)");
            person.readsInHeadline("2 rows are parked");
            person.page().locator(".headline").getByText("retry or discard").click();
            person.reads("violates check constraint \"no_poison\" (23514)");

            person.does("Retry row 2 of users", "Retry the row");
            person.sees(person.page().getByRole(AriaRole.DIALOG), "The database refuses it again");
            person.button("Cancel").click();

            target.execute("ALTER TABLE users DROP CONSTRAINT no_poison");
            person.does("Retry row 2 of users", "Retry the row");
            Rows.of(target, NAMES).become("1|Ada", "2|poison 2");
            person.does("Discard row 3 of users", "Discard the row");
            person.reads("No row is parked: every database takes what it gets.");
            person.readsInHeadline("All is well.");
            Rows.of(target, NAMES).become("1|Ada", "2|poison 2");
        });
    }

    @Test
    void dead_letters_are_retried_and_discarded() {
        play((person, api, source, target) -> {
            source.execute("INSERT INTO tideline.outgoing_request (kind, tenant, dead, attempts, last_error)"
                    + " VALUES ('sync', '1', true, 12, 'given up'), ('sync', '1', true, 12, 'given up')");
            person.readsInHeadline("2 requests are dead");
            String first = source.value("SELECT min(request_id) FROM tideline.outgoing_request WHERE dead");
            String second = source.value("SELECT max(request_id) FROM tideline.outgoing_request WHERE dead");
            person.opens("#/requests").does("Retry request " + first, "Retry the request");
            person.does("Discard request " + second, "Discard the request");
            person.reads("No request is dead");
            person.readsInHeadline("All is well.");
            Rows.of(source, "SELECT count(*) FROM tideline.outgoing_request").become("0");
        });
    }
}
