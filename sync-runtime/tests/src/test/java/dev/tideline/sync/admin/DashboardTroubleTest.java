package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.config.AdminConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a person sees when something is wrong: with a database, with the runtime, with the connection, with the page. */
@ResourceLock("chromium")
class DashboardTroubleTest {

    /** What happens while a person watches a runtime's dashboard. */
    @FunctionalInterface
    private interface Watch {
        void of(Person person, Api api, SyncScenario scenario);
    }

    private static void watch(Watch watch) {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run());
                    Person person = chromium.visit(api)) {
                watch.of(person, api, scenario);
            }
        }
    }

    @Test
    void a_database_that_goes_down_is_named_on_top_within_five_seconds_and_the_recovery_too() {
        watch((person, api, scenario) -> {
            person.readsInHeadline("All is well.");
            String name = scenario.target().name();
            scenario.source()
                    .execute(
                            "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'",
                            "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            await("the runtime knows")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> api.get("/api/v1/status")
                                    .json()
                                    .at("/totals/failing")
                                    .asInt()
                            == 1);

            PlaywrightAssertions.assertThat(person.page().locator(".headline"))
                    .containsText("1 database fails", new LocatorAssertions.ContainsTextOptions().setTimeout(5000));
            person.page().locator(".headline").getByText("1/main").click();
            person.reads("failing");
            person.reads("Tries that failed");

            scenario.source().execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            person.opens("#/database/1/main").does("Sync now tenant 1", "Sync now");
            person.readsInHeadline("All is well.");
            Rows.of(scenario.target(), "SELECT display_name FROM users").become("Ada");
        });
    }

    @Test
    void every_runtime_is_shown_and_which_one_leads() {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime first = scenario.run();
            SyncRuntime second = scenario.run();
            try (Api api = Api.of(second);
                    Person person = chromium.visit(api)) {
                var processes = person.page()
                        .getByRole(AriaRole.TABLE, role("Processes"))
                        .locator("tbody tr");
                PlaywrightAssertions.assertThat(processes).hasCount(2, patient());
                person.sees(processes.first(), "leads");
                person.sees(processes.last(), "stands by");

                first.close();

                PlaywrightAssertions.assertThat(processes).hasCount(1, patient());
                person.sees(processes.first(), "leads");
            }
        }
    }

    @Test
    void without_the_runtime_it_says_how_old_its_figures_are_and_continues_by_itself() {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime runtime = scenario.run();
            AdminConfig config =
                    new AdminConfig(ReservedPort.next(), "127.0.0.1", Optional.of(Api.TOKEN), Optional.empty());
            Api gone = Api.of(runtime, config);
            try (Person person = chromium.visit(gone)) {
                person.readsInHeadline("All is well.");
                gone.close();
                person.readsInHeadline("The runtime does not answer; trying again. These figures are");
                person.readsInHeadline("All was well.");

                try (Api back = Api.of(runtime, config)) {
                    // It has forgotten its sessions, as a runtime that was restarted.
                    person.readsInHeadline("Your session has ended.");
                    person.page().locator(".headline").getByText("Log in").click();
                    person.page().waitForURL("**/login");
                    person.logIn();
                    person.readsInHeadline("All is well.");
                    person.page().context().setOffline(true);
                    person.readsInHeadline("The runtime does not answer");
                    person.page().context().setOffline(false);
                    person.readsInHeadline("All is well.");
                    assertThat(back.get("/api/v1/status").status()).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void without_events_it_asks_and_says_why_nothing_can_be_shown() {
        watch((person, api, scenario) -> {
            person.page().route("**/api/v1/events**", Route::abort);
            person.page().reload();
            person.readsInHeadline("There is no live connection; trying again every few seconds.");
            person.sees(person.page().locator("#stage-sequence"), "running");

            scenario.uninstall();
            person.page().reload();
            person.readsInHeadline("Trying again.");
            assertThat(person.barriers()).isEmpty();

            person.page().unrouteAll();
            scenario.install();
            person.readsInHeadline("All is well.");
        });
    }

    @Test
    void a_runtime_that_hangs_is_told_from_a_source_that_does() {
        watch((person, api, scenario) -> {
            person.readsInHeadline("All is well.");
            person.page().route("**/api/v1/history**", held -> {}); // for ever
            PlaywrightAssertions.assertThat(person.page().locator(".headline"))
                    .containsText(
                            "The runtime does not answer; trying again. These figures are",
                            new LocatorAssertions.ContainsTextOptions()
                                    .setTimeout(15_000)); // sooner than the request ends
            person.page().unrouteAll();

            person.page()
                    .route(
                            "**/api/v1/history**",
                            route -> route.fulfill(new Route.FulfillOptions()
                                    .setContentType("application/json")
                                    .setBody("{\"interval_ms\":1000,\"points\":[]}")));
            person.readsInHeadline("The source does not answer the runtime. These figures are");
        });
    }

    @Test
    void a_table_says_when_it_loads_fails_or_is_empty() {
        watch((person, api, scenario) -> {
            person.readsInHeadline("All is well.");
            List<Route> held = new ArrayList<>();
            for (String path : List.of("external-databases", "parked", "requests", "fusebox", "jobs")) {
                person.page().route("**/api/v1/" + path + "**", held::add);
            }
            List<List<String>> pages = List.of(
                    List.of("#/databases", "databases"),
                    List.of("#/parked", "parked rows"),
                    List.of("#/requests", "requests"),
                    List.of("#/switches", "the fusebox"),
                    List.of("#/runs", "runs"),
                    List.of("#/tenant/1", "tenant 1"),
                    List.of("#/database/1/main", "database 1/main"));
            for (List<String> page : pages) {
                person.page().navigate(api.server().url() + "/" + page.get(0));
                person.reads("Loading " + page.get(1) + ".");
                assertThat(person.barriers()).as(page.get(1)).isEmpty();
                await("it asks").until(() -> {
                    person.page().waitForTimeout(10); // lets the browser tell what it asked for
                    return !held.isEmpty();
                });
                held.forEach(Route::abort);
                held.clear();
                person.reads("cannot be shown: The runtime does not answer.");
                assertThat(person.barriers()).as(page.get(1)).isEmpty();
            }
            person.page().unrouteAll();
            person.opens("#/parked").reads("No row is parked");
            person.opens("#/requests").reads("No request is dead");
            person.opens("#/runs").reads("Nobody has asked for a sync here");
            person.opens("#/switches").reads("No database is paused.");
            person.opens("#/databases?search=xyz").reads("Nothing matches “xyz”.");
            person.opens("#/tenant/77").reads("No runtime has reported on a database of this tenant.");
        });
    }

    @Test
    void ten_thousand_databases_are_searched_sorted_and_paged_with_the_keyboard_alone() {
        watch((person, api, scenario) -> {
            scenario.source().execute("""
                INSERT INTO tideline.target_state (tenant, target, mapping_name, address, last_synced_sequence_id, error, error_since)
                SELECT 't' || lpad(i::text, 5, '0'), 'main', m, 'postgres://host' || i || '/db', 1,
                       CASE WHEN i = 7777 AND m = 'users' THEN 'the disk is full' END, CASE WHEN i = 7777 THEN now() - interval '12 min' END
                  FROM generate_series(1, 9999) i, unnest(ARRAY['users', '']) m
                """);
            person.readsInHeadline("1 database fails, for 12 minutes: t07777/main the disk is full");
            person.opens("#/databases").reads("1 to 50 of 10,000");
            var keyboard = person.page().keyboard();
            person.page().getByRole(AriaRole.SPINBUTTON).focus();
            keyboard.press("Control+A");
            keyboard.type("200");
            keyboard.press("Enter");
            person.reads("9,951 to 10,000 of 10,000");
            person.sees(person.page().locator("tbody tr").last(), "t09999/main");

            person.page().getByRole(AriaRole.BUTTON, exactly("Database")).focus();
            keyboard.press("Enter");
            person.sees(person.page().locator("tbody tr").first(), "t09999/main");
            person.page().getByLabel("Search").focus();
            keyboard.type("FULL");
            person.sees(person.page().locator("tbody tr").first(), "t07777/main");
            PlaywrightAssertions.assertThat(person.page().locator("tbody tr")).hasCount(1);
            person.page().getByLabel("Status").focus();
            keyboard.press("ArrowDown"); // failing
            keyboard.press("ArrowDown"); // paused
            person.reads("Nothing matches “FULL”.");
            assertThat(person.barriers()).isEmpty();
            assertThat(person.looks(360, ColorScheme.DARK).isWiderThanTheWindow())
                    .isFalse();
        });
    }

    @Test
    void everything_is_reached_by_keyboard_and_a_dialog_gives_the_focus_back() {
        watch((person, api, scenario) -> {
            person.opens("#/overview");
            var keyboard = person.page().keyboard();
            List<String> reached = new ArrayList<>();
            long all = ((Number) person.page().evaluate("document.querySelectorAll('a, button, input, select').length"))
                    .longValue();
            for (int i = 0; i < all; i++) {
                keyboard.press("Tab");
                reached.add((String) person.page().evaluate("document.activeElement.textContent"));
            }
            assertThat(reached)
                    .startsWith("Skip to the content", "Overview", "Databases")
                    .contains("Pause the sequencer", "Pause the poller", "Theme: auto", "Log out");

            person.button("Pause the poller").focus();
            keyboard.press("Enter");
            PlaywrightAssertions.assertThat(person.page().getByRole(AriaRole.DIALOG))
                    .isVisible();
            assertThat(person.page().evaluate("document.activeElement.closest('dialog') !== null"))
                    .isEqualTo(true);
            keyboard.press("Escape");
            person.seesNoMore(person.page().getByRole(AriaRole.DIALOG));
            assertThat(person.page().evaluate("document.activeElement.textContent"))
                    .isEqualTo("Pause the poller");

            person.button("Theme: auto").focus();
            keyboard.press("Enter");
            keyboard.press("Enter");
            assertThat(person.page().evaluate("document.documentElement.dataset.theme"))
                    .isEqualTo("dark");
            person.page().reload();
            assertThat(person.page().evaluate("document.documentElement.dataset.theme"))
                    .isEqualTo("dark");
        });
    }

    @Test
    void a_change_of_throughput_shows_within_a_second_or_so_and_the_tab_says_which_workspace_it_is() {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            int port = 23701;
            try (Api api = Api.of(
                            scenario.run(),
                            new AdminConfig(port, "127.0.0.1", Optional.of(Api.TOKEN), Optional.empty()));
                    Person person = chromium.visit(api)) {
                person.readsInHeadline("All is well.");
                assertThat(person.page().title()).isEqualTo("237 Overview · Tideline");
                person.sees(person.page().locator(".prefix"), "237");
                var captured = person.page().locator("#stage-capture .measure");
                person.sees(captured, "Rate 0/s");
                scenario.source()
                        .execute("INSERT INTO project_user SELECT 1, i, 'u', false FROM generate_series(1, 20000) i");
                PlaywrightAssertions.assertThat(captured)
                        .not()
                        .containsText("peak 0/s", new LocatorAssertions.ContainsTextOptions().setTimeout(10_000));
            }
        }
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions role(String name) {
        return new com.microsoft.playwright.Page.GetByRoleOptions().setName(name);
    }

    private static com.microsoft.playwright.Page.GetByRoleOptions exactly(String name) {
        return role(name).setExact(true);
    }

    private static LocatorAssertions.HasCountOptions patient() {
        return new LocatorAssertions.HasCountOptions().setTimeout(30_000);
    }
}
