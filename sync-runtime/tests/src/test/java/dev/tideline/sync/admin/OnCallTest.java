package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A shift on call: troubles, each found in the headline and mended with what the dashboard offers. Says how long each took a
 * person who clicks at once; pictures of each are in {@code target/pictures}. {@code -Dtideline.oncall.rows=1000000} has the
 * backlog of the long form.
 */
@ResourceLock("chromium")
class OnCallTest {

    private static final int ROWS = Integer.getInteger("tideline.oncall.rows", 20_000);

    @Test
    void every_trouble_is_found_in_the_headline_and_mended_from_the_dashboard_alone() throws Exception {
        AtomicInteger answer = new AtomicInteger(410);
        try (Chromium chromium = Chromium.start();
                MockWebServer receiver = receiver(answer);
                SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("requests: { allow_private: true, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }");
            scenario.install();
            try (Api api = Api.of(scenario.run());
                    Person person = chromium.visit(api)) {
                person.readsInHeadline("All is well.");
                databaseDown(person, scenario);
                poisonRow(person, scenario);
                pausedSequencer(person, api, scenario);
                backlog(person, api, scenario);
                deadLetters(person, scenario, receiver, answer);
            }
        }
    }

    @Test
    void a_webhook_whose_receiver_fails_is_found_with_the_reason_and_goes_on_by_itself() throws Exception {
        AtomicInteger answer = new AtomicInteger(503);
        try (Chromium chromium = Chromium.start();
                MockWebServer receiver = receiver(answer);
                SyncScenario scenario = SyncScenario.users()) {
            scenario.settings("requests: { retry: 500ms }\nwebhooks: [ { mapping: users, url: \""
                    + receiver.url("/hook") + "\", secret: s, allow_private: true } ]");
            scenario.install();
            try (Api api = Api.of(scenario.run());
                    Person person = chromium.visit(api)) {
                Watch watch = new Watch("webhook behind");
                scenario.source().execute("INSERT INTO project_user VALUES (1, 5, 'Ada', false)");
                Rows.of(scenario.source(), "SELECT last_error FROM tideline.http_request")
                        .become("answered 503");
                scenario.source().execute("UPDATE tideline.http_request SET enqueued_at = now() - interval '1 hour'");
                person.readsInHeadline("The webhook of mapping users is 60 minutes behind");
                person.readsInHeadline("answered 503");
                watch.found();
                person.page().locator(".headline").getByText("what waits").click();
                person.reads("webhook of users, row 5, tenant 1");
                person.reads("503 in ");
                person.reads("next try ");
                pictures(person, "webhook-requests");
                answer.set(200); // the receiver's people were called
                person.readsInHeadline("All is well.");
                watch.mended();
            }
        }
    }

    private static void databaseDown(Person person, SyncScenario scenario) {
        String name = scenario.target().name();
        Watch watch = new Watch("database down");
        scenario.source()
                .execute(
                        "ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'",
                        "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
        person.readsInHeadline("1 database fails");
        watch.found();
        pictures(person, "down");
        person.page().locator(".headline").getByText("1/main").click();
        person.reads("is not currently accepting connections");
        pictures(person, "down-database");
        scenario.source()
                .execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true"); // whom the page names was called
        person.does("Sync now tenant 1", "Sync now");
        person.readsInHeadline("All is well.");
        Rows.of(scenario.target(), "SELECT display_name FROM users").become("Ada");
        watch.mended();
    }

    private static void poisonRow(Person person, SyncScenario scenario) {
        scenario.target().execute("ALTER TABLE users ADD CONSTRAINT no_poison CHECK (display_name NOT LIKE 'poison%')");
        Watch watch = new Watch("poison row");
        scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'poison', false), (1, 3, 'Bob', false)");
        person.readsInHeadline("1 row is parked");
        watch.found();
        pictures(person, "poison");
        person.page().locator(".headline").getByText("retry or discard").click();
        person.reads("no_poison");
        pictures(person, "poison-parked");
        person.does("Discard row 2 of users", "Discard the row");
        person.readsInHeadline("All is well.");
        Rows.of(scenario.target(), "SELECT display_name FROM users ORDER BY id").become("Ada", "Bob");
        watch.mended();
    }

    private static void pausedSequencer(Person person, Api api, SyncScenario scenario) {
        Watch watch = new Watch("sequencer paused by a colleague");
        api.put("/api/v1/fusebox", "{\"sequencer_enabled\":false,\"by\":\"Kim\"}");
        scenario.source().execute("UPDATE project_user SET display_name = 'Eve' WHERE id = 3");
        person.readsInHeadline("The sequencer is paused by Kim");
        watch.found();
        pictures(person, "paused");
        person.page().locator(".headline").getByText("switches").click();
        person.reads("Kim");
        pictures(person, "paused-switches");
        person.page()
                .getByRole(AriaRole.SWITCH, new com.microsoft.playwright.Page.GetByRoleOptions().setName("sequencer"))
                .click();
        person.page()
                .getByRole(AriaRole.DIALOG)
                .getByText("Resume the sequencer")
                .last()
                .click();
        person.readsInHeadline("All is well.");
        Rows.of(scenario.target(), "SELECT display_name FROM users ORDER BY id").become("Ada", "Eve");
        watch.mended();
    }

    private static void backlog(Person person, Api api, SyncScenario scenario) {
        Watch watch = new Watch("backlog of " + ROWS + " rows");
        api.put(
                "/api/v1/fusebox",
                "{\"targets\":[{\"tenant\":\"1\",\"name\":\"main\",\"paused\":true}],\"by\":\"Kim\"}");
        scenario.source()
                .execute("INSERT INTO project_user SELECT 1, i, 'u', false FROM generate_series(10, " + (ROWS + 9)
                        + ") i");
        person.readsInHeadline("1 database is paused by Kim");
        person.readsInHeadline(rounded(ROWS) + " rows are behind, and none arrives");
        watch.found();
        pictures(person.opens("#/overview"), "backlog");
        person.page().locator(".headline").getByText("1/main").click();
        person.reads("Resume");
        pictures(person, "backlog-database");
        person.does("Resume 1/main", "Resume 1/main");
        watch.mended();
        await("the database has caught up")
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        scenario.target().value("SELECT count(*) FROM users").equals(String.valueOf(ROWS + 2)));
        person.readsInHeadline("All is well.");
        System.out.println("on call: … and caught up after " + watch.seconds() + " s");
    }

    private static void deadLetters(
            Person person, SyncScenario scenario, MockWebServer receiver, AtomicInteger answer) {
        Watch watch = new Watch("dead letters");
        scenario.source()
                .execute("SELECT tideline.enqueue_request('" + receiver.url("/hook")
                        + "', to_jsonb(i)) FROM generate_series(1, 3) i");
        person.readsInHeadline("3 requests are dead");
        watch.found();
        pictures(person, "dead");
        person.page().locator(".headline").getByText("retry or discard").click();
        person.reads("answered 410");
        person.reads("410 in ");
        pictures(person, "dead-requests");
        answer.set(200); // the receiver's people were called
        person.does("Retry all", "Retry all of them");
        person.readsInHeadline("All is well.");
        Rows.of(scenario.source(), "SELECT count(*) FROM tideline.http_request").become("0");
        watch.mended();
    }

    private static String rounded(int rows) {
        return String.format(Locale.ROOT, "%,d", rows);
    }

    private static void pictures(Person person, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            for (int width : new int[] {360, 1280}) {
                person.looks(width, scheme)
                        .takesPicture("on-call-" + name + "-" + width + "-"
                                + scheme.name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static MockWebServer receiver(AtomicInteger answer) throws java.io.IOException {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder().code(answer.get()).build();
            }
        });
        server.start();
        return server;
    }

    /** How long a trouble takes. */
    private static final class Watch {

        private final String trouble;
        private final long began = System.nanoTime();

        Watch(String trouble) {
            this.trouble = trouble;
        }

        String seconds() {
            return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - began) / 1e9);
        }

        void found() {
            System.out.println("on call: " + trouble + " found after " + seconds() + " s");
        }

        void mended() {
            System.out.println("on call: " + trouble + " mended after " + seconds() + " s");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(2));
        }
    }
}
