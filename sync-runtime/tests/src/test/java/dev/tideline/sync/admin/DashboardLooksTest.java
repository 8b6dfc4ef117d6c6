package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.ColorScheme;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Every page, narrow and wide, light and dark. */
@ResourceLock("chromium")
class DashboardLooksTest {

    private static final List<Integer> WIDTHS = List.of(360, 1280);

    private static final Map<String, String> PAGES = Map.of(
            "overview", "#/overview",
            "databases", "#/databases",
            "nothing-found", "#/databases?search=nowhere",
            "tenant", "#/tenant/2",
            "database", "#/database/2/broken",
            "parked", "#/parked",
            "requests", "#/requests",
            "switches", "#/switches",
            "runs", "#/runs",
            "no-such-page", "#/nothing");

    /** A source where something is wrong of each kind. */
    static void spoil(SyncScenario scenario) {
        Rows.of(scenario.target(), "SELECT count(*) FROM users").become("150");
        scenario.target().execute("ALTER TABLE users ADD CONSTRAINT no_poison CHECK (display_name NOT LIKE 'poison%')");
        scenario.source()
                .execute("UPDATE project_user SET display_name = 'poison' WHERE id IN (10, 12, 14);"
                        + " DELETE FROM project_user WHERE id > 290");
        scenario.source()
                .execute("INSERT INTO tideline.outgoing_request (kind, url, dead, attempts, last_error)"
                        + " VALUES ('http', 'https://hooks.example.org/rows', true, 12, 'HTTP 503')");
    }

    static SyncScenario spoiled() {
        SyncScenario scenario = SyncScenario.users();
        scenario.addTarget("1", "eu-reports");
        scenario.addTarget("2", "main");
        scenario.addTarget("2", "broken", "postgres://acme@127.0.0.1:1/acme");
        scenario.source()
                .execute("INSERT INTO project_user SELECT 1 + i % 2, i, 'user ' || i, false FROM generate_series(1,"
                        + " 300) i");
        scenario.install();
        return scenario;
    }

    @Test
    void each_page_has_no_barrier_asks_nobody_else_and_breaks_none_of_its_own_rules() {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = spoiled()) {
            SyncRuntime runtime = scenario.run();
            scenario.run();
            spoil(scenario);
            try (Api api = Api.of(runtime);
                    Person person = chromium.visit(api)) {
                api.put(
                        "/api/v1/fusebox",
                        "{\"targets\":[{\"tenant\":\"1\",\"name\":\"eu-reports\",\"paused\":true}],\"by\":\"Kim\"}");
                api.post("/api/v1/tenants/2/sync", "");
                await("something of each kind is wrong")
                        .atMost(Duration.ofSeconds(60))
                        .until(() ->
                                api.get("/api/v1/status").json().at("/trouble").size() == 4);

                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    for (int width : WIDTHS) {
                        person.looks(width, scheme);
                        PAGES.forEach((name, route) -> inspect(person.opens(route), name, width, scheme));
                        person.opens("#/overview").button("Pause the sequencer").click();
                        inspect(person, "dialog", width, scheme);
                        person.button("Cancel").click();
                    }
                }
                assertThat(person.complaints()).isEmpty();
                assertThat(person.elsewhere()).isEmpty();
            }
        }
    }

    @Test
    void the_login_has_no_barrier_and_leads_to_the_dashboard() {
        try (Chromium chromium = Chromium.start();
                SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run());
                    Person person = chromium.visit(api)) {
                person.opens("#/overview").button("Log out").click();
                person.page().waitForURL("**/login");
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    inspect(person.looks(360, scheme), "login", 360, scheme);
                }
                person.logIn();
                person.readsInHeadline("All is well.");
                assertThat(person.complaints()).isEmpty();
            }
        }
    }

    private static void inspect(Person person, String name, int width, ColorScheme scheme) {
        String where = name + "-" + width + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT);
        person.takesPicture(where);
        assertThat(person.isWiderThanTheWindow())
                .as("wider than the window: " + where)
                .isFalse();
        assertThat(person.barriers()).as(where).isEmpty();
    }
}
