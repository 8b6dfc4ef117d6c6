package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.event.SyncListener;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;

/** What a person may do, and what cron may. */
class OperationsApiTest {

    private static final String INSERT = "INSERT INTO project_user VALUES (1, 1, 'Ada', false)";
    private static final String NAMES = "SELECT id, display_name FROM users ORDER BY id";

    @Test
    void switches_are_heeded_by_every_runtime_and_it_is_kept_who_used_them() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime first = scenario.run();
            scenario.run();
            try (Api api = Api.of(first)) {
                Rows.of(scenario.target(), "SELECT count(*) FROM users").become("0");
                Api.Answer off = api.put("/api/v1/fusebox", "{\"sequencer_enabled\":false,\"by\":\"Kim\"}");
                assertThat(off.status()).isEqualTo(200);
                assertThat(off.json().at("/sequencer_enabled").asBoolean()).isFalse();
                assertThat(off.json().at("/poller_enabled").asBoolean()).isTrue();
                assertThat(off.json().at("/sequencer/changed_by").asText()).isEqualTo("Kim (token)");
                assertThat(off.json().at("/sequencer/changed_from").asText()).isEqualTo("127.0.0.1");

                scenario.source().execute(INSERT);
                await("the change waits")
                        .atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(api.get("/api/v1/status")
                                        .json()
                                        .at("/sequencer/tables/0/pending")
                                        .asLong())
                                .isEqualTo(1));
                assertThat(api.get("/api/v1/status").json().at("/trouble/0").asText())
                        .isEqualTo("the sequencer is paused: no change is delivered");

                assertThat(api.put(
                                        "/api/v1/fusebox",
                                        "{\"targets\":[{\"tenant\":\"1\",\"name\":\"main\",\"paused\":true}]}")
                                .json()
                                .at("/paused_targets/0/name")
                                .asText())
                        .isEqualTo("main");
                api.put("/api/v1/fusebox", "{\"sequencer_enabled\":true}");
                await("it is behind").atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                    JsonNode target = api.get("/api/v1/status").json().at("/external_databases/0");
                    assertThat(target.at("/status").asText()).isEqualTo("paused");
                    assertThat(target.at("/mappings/0/backlog").asLong()).isEqualTo(1);
                });

                api.put("/api/v1/fusebox", "{\"targets\":[{\"tenant\":\"1\",\"name\":\"main\",\"paused\":false}]}");
                Rows.of(scenario.target(), NAMES).become("1|Ada");
                assertThat(api.get("/api/v1/fusebox").json().at("/changes").findValuesAsText("name"))
                        .containsExactly("target:1/main", "sequencer", "target:1/main", "sequencer");

                scenario.source()
                        .execute("UPDATE tideline.fuse SET enabled = false WHERE name = 'poller';"
                                + " INSERT INTO tideline.fuse (name, enabled) VALUES ('poller', false)");
                assertThat(api.get("/api/v1/fusebox")
                                .json()
                                .at("/changes/0/changed_from")
                                .asText())
                        .isEqualTo("sql");
            }
        }
    }

    @Test
    void a_database_whose_name_has_a_slash_is_paused_by_that_name() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute(INSERT);
            scenario.addTarget("1", "eu/50%2F");
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                String other = "{\"targets\":[{\"tenant\":\"1\",\"name\":\"eu/50%2F\",\"paused\":";
                assertThat(api.put("/api/v1/fusebox", other + "true}]}")
                                .json()
                                .at("/paused_targets/0/name")
                                .asText())
                        .isEqualTo("eu/50%2F");
                for (String query : List.of("", "&sort=status", "&search=eu")) {
                    await("it is listed once, and paused")
                            .atMost(Duration.ofSeconds(20))
                            .untilAsserted(() -> assertThat(api.get("/api/v1/status?page=1" + query)
                                            .json()
                                            .at("/external_databases"))
                                    .filteredOn(target ->
                                            target.at("/name").asText().contains("eu"))
                                    .extracting(target -> target.at("/name").asText() + " is "
                                            + target.at("/status").asText())
                                    .containsExactly("eu/50%2F is paused"));
                }
                assertThat(api.put("/api/v1/fusebox", other + "false}]}").json().at("/paused_targets"))
                        .isEmpty();
            }
        }
    }

    @Test
    void what_cannot_be_done_is_said_in_the_form_of_rfc_9457() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                assertProblem(api.get("/api/v1/nothing"), 404, "There is nothing at this path.");
                assertProblem(api.post("/api/v1/status", "{}"), 405, "This path does not support that method.");
                assertProblem(api.put("/api/v1/fusebox", "{"), 400, "The body cannot be read.");
                assertProblem(api.put("/api/v1/fusebox", "null"), 400, "The body must be a JSON object.");
                assertProblem(api.put("/api/v1/fusebox", "[1]"), 400, "The body cannot be read.");
                assertProblem(api.put("/api/v1/fusebox", "{}"), 400, "The request switches nothing.");
                assertProblem(
                        api.put("/api/v1/fusebox", "{\"sequenser_enabled\":true}"),
                        400,
                        "The body has an unknown field.");
                assertProblem(
                        api.put(
                                "/api/v1/fusebox",
                                "{\"targets\":[{\"tenant\":\"1\",\"name\":\"main\",\"paused\":true},"
                                        + "{\"tenant\":\"1\",\"name\":\"mane\",\"paused\":true}]}"),
                        404,
                        "There is no such external database.");
                assertThat(api.get("/api/v1/fusebox").json().at("/changes")).isEmpty();
                assertProblem(
                        api.send(api.authorized("/api/v1/fusebox").PUT(BodyPublishers.ofString("sequencer=off"))),
                        415,
                        "The body must be JSON.");
                assertProblem(api.get("/api/v1/status?page=0"), 400, "A parameter is invalid.");
                assertProblem(api.get("/api/v1/status?page=x"), 400, "A parameter is invalid.");
                assertProblem(api.get("/api/v1/status?tenant=%00"), 400, "A parameter is invalid.");
                assertProblem(api.get("/api/v1/requests?state=gone"), 400, "A parameter is invalid.");
                assertProblem(api.post("/api/v1/requests/17/retry", ""), 404, "There is no such dead request.");
                assertProblem(api.post("/api/v1/parked/xyz/retry", ""), 404, "There is no such parked row.");
                assertProblem(api.post("/api/v1/tenants/77/sync", ""), 404, "There is nothing with that name.");
                assertProblem(api.post("/api/v1/tenants/a%2Fb/sync", ""), 404, "There is nothing with that name.");
                assertProblem(api.get("/api/v1/jobs/9"), 404, "There is no such job.");
                assertProblem(api.get("/assets/../openapi.json"), 404, "There is nothing at this path.");
                assertThat(api.get("/api/v1/status?tenant=1'%3B--").json().at("/external_databases"))
                        .isEmpty();
                assertThat(api.put("/api/v1/fusebox", "{\"by\":\"" + "x".repeat(70_000) + "\"}")
                                .status())
                        .isEqualTo(413);
            }
        }
    }

    private static void assertProblem(Api.Answer answer, int status, String title) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().at("/title").asText()).isEqualTo(title);
        assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
        assertThat(answer.json().at("/detail").asText()).isNotEmpty();
    }

    @Test
    void a_tenant_is_synced_and_copied_again_on_request() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute(INSERT);
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                Rows.of(scenario.target(), NAMES).become("1|Ada");
                assertThat(end(api, api.post("/api/v1/tenants/1/sync", ""))
                                .at("/state")
                                .asText())
                        .isEqualTo("done");

                scenario.target()
                        .execute(
                                "UPDATE users SET display_name = 'wrong'; INSERT INTO users VALUES (1, 9, 'extra', false)");
                assertThat(api.post("/api/v1/tenants/1/resync", "{\"mapping\":\"none\"}")
                                .status())
                        .isEqualTo(404);
                JsonNode job =
                        end(api, api.post("/api/v1/tenants/1/resync", "{\"target\":\"main\",\"mapping\":\"users\"}"));
                assertThat(job.at("/state").asText()).as(job.toPrettyString()).isEqualTo("done");
                assertThat(job.at("/external_databases/0/rows").asLong()).isEqualTo(1);
                Rows.of(scenario.target(), NAMES).become("1|Ada");
            }
        }
    }

    @Test
    void the_receivers_of_alerts_are_called_once_and_their_answers_shown() throws Exception {
        try (MockWebServer receiver = new MockWebServer();
                SyncScenario scenario = SyncScenario.users()) {
            receiver.start();
            receiver.enqueue(new MockResponse.Builder().code(204).build());
            receiver.enqueue(
                    new MockResponse.Builder().code(500).body("no room").build());
            String alert = "{ url: \"" + receiver.url("/oncall") + "\", secret: s, allow_private: true }";
            scenario.settings("alerts: [ " + alert + ", " + alert + ", { url: \"https://10.0.0.1/x\", secret: s } ]");
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                Api.Answer answer = api.post("/api/v1/alerts/test", "");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json().at("/receivers"))
                        .extracting(r -> r.at("/host").asText() + " " + r.at("/delivered") + " " + r.at("/status") + " "
                                + r.at("/error"))
                        .containsExactly(
                                receiver.url("/").host() + ":" + receiver.getPort() + " true 204 null",
                                receiver.url("/").host() + ":" + receiver.getPort()
                                        + " false 500 \"answered 500: no room\"",
                                "10.0.0.1 false null \"10.0.0.1 is a private or loopback address, which is not allowed\"");
            }
            assertThat(receiver.takeRequest().getBody().utf8()).contains("\"alert\":\"test\"");
            assertThat(receiver.getRequestCount()).isEqualTo(2);
        }
    }

    private static JsonNode end(Api api, Api.Answer started) {
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        String job = started.headers().firstValue("Location").orElseThrow();
        await("it ends")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !api.get(job).json().at("/ended_at").isNull());
        return api.get(job).json();
    }

    @Test
    void cron_alone_brings_rows_and_calls_may_overlap() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SyncRuntime runtime = SyncRuntime.start(scenario.config(), SyncListener.NONE, SyncRuntime.Drive.CRON);
                    Api api = Api.of(runtime)) {
                scenario.source().execute(INSERT);
                assertThat(cron(api, "/api/v1/sequencer?max_duration_ms=100")
                                .at("/iterations")
                                .asInt())
                        .isPositive();
                List<CompletableFuture<Integer>> polls = IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.supplyAsync(() -> cron(api, "/api/v1/poller")
                                .at("/requests_processed")
                                .asInt()))
                        .toList();
                assertThat(polls.stream().mapToInt(CompletableFuture::join).sum())
                        .isEqualTo(1);
                Rows.of(scenario.target(), NAMES).become("1|Ada");

                long began = System.nanoTime();
                cron(api, "/api/v1/poller?max_duration_ms=300");
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
            }
        }
    }

    private static JsonNode cron(Api api, String path) {
        Api.Answer answer = api.send(api.request(path).header("Authorization", "Bearer " + Api.CRON_SECRET));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void the_sync_engine_works_for_whoever_signs() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute(INSERT);
            scenario.install();
            try (SyncRuntime runtime = SyncRuntime.start(scenario.config(), SyncListener.NONE, SyncRuntime.Drive.CRON);
                    Api api = Api.of(runtime)) {
                String secret = scenario.source().value("SELECT secret FROM tideline.signing_secret");
                assertThat(Api.signed(api, secret, "{\"tenant\":\"1\"}").status())
                        .isEqualTo(200);
                Rows.of(scenario.target(), NAMES).become("1|Ada");
                assertThat(Api.signed(api, secret, "{\"tenant\":\"gone\"}").status())
                        .isEqualTo(200);
                assertThat(Api.signed(api, "another secret", "{\"tenant\":\"1\"}")
                                .status())
                        .isEqualTo(401);
                assertThat(api.post("/api/v1/sync-engine", "{\"tenant\":\"1\"}").status())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void an_address_is_tried_and_a_hostile_one_is_not_even_looked_up() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                JsonNode good = tried(api, scenario.target().url());
                assertThat(good.at("/usable").asBoolean())
                        .as(good.toPrettyString())
                        .isTrue();
                assertThat(good.at("/version").asText()).startsWith("18");
                JsonNode nothing = tried(api, "postgres://a:secret-word@127.0.0.1:1/db");
                assertThat(nothing.at("/reachable").asBoolean()).isFalse();
                assertThat(nothing.at("/problems/0/what").asText())
                        .isEqualTo("nothing accepts connections at 127.0.0.1:1");
                for (String hostile : List.of(
                        "jdbc:postgresql://h/db?socketFactory=x",
                        "postgres://h/db?socketFactory=org.x",
                        "postgres://h/db?sslkey=/etc/passwd",
                        "file:///etc/passwd",
                        "postgres://h:0/db",
                        "postgres://a:secret-word@h,other/db")) {
                    Api.Answer answer = api.post("/api/v1/external-databases/test", "{\"url\":\"" + hostile + "\"}");
                    assertThat(answer.status()).as(hostile).isEqualTo(422);
                    assertThat(answer.body()).doesNotContain("secret-word");
                }
                assertThat(api.post("/api/v1/external-databases/test", "{}").status())
                        .isEqualTo(400);
            }
        }
    }

    private static JsonNode tried(Api api, String url) {
        return api.post("/api/v1/external-databases/test", "{\"url\":\"" + url + "\"}")
                .json();
    }

    @Test
    void parked_rows_and_dead_requests_are_listed_retried_and_discarded() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                Rows.of(scenario.target(), "SELECT count(*) FROM users").become("0");
                scenario.target().execute("ALTER TABLE users ADD CHECK (display_name <> 'poison')");
                scenario.source()
                        .execute(
                                "INSERT INTO project_user VALUES (1, 1, 'poison', false), (1, 2, 'poison', false), (1, 3, 'Eve', false)");
                await("they are parked")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> parked(api).size() == 2);
                Rows.of(scenario.target(), NAMES).become("3|Eve");
                assertThat(parked(api).at("/0/error").asText()).contains("check constraint");
                String first = parked(api).at("/0/id").asText();
                String second = parked(api).at("/1/id").asText();

                assertThat(api.post("/api/v1/parked/" + first + "/retry", "")
                                .json()
                                .at("/state")
                                .asText())
                        .isEqualTo("refused");
                assertThat(api.post("/api/v1/parked/" + second + "/discard", "")
                                .json()
                                .at("/state")
                                .asText())
                        .isEqualTo("discarded");
                assertThat(api.post("/api/v1/parked/" + second + "/discard", "").status())
                        .isEqualTo(404);
                scenario.target().execute("ALTER TABLE users DROP CONSTRAINT users_display_name_check");
                api.post("/api/v1/parked/" + first + "/retry", "");
                Rows.of(scenario.target(), NAMES).become("1|poison", "3|Eve");

                scenario.source()
                        .execute(
                                "INSERT INTO tideline.outgoing_request (kind, url, dead, last_error, deduplication_key) VALUES"
                                        + " ('http', 'https://u:hidden@example.org/hook/hidden?token=hidden', true, 'status 500', 'a'), ('http', 'x', true, '', 'b'), ('http', 'x', true, '', 'c')");
                JsonNode dead = api.get("/api/v1/requests?state=dead&size=2&page=2")
                        .json()
                        .at("/requests");
                assertThat(dead).hasSize(1);
                assertThat(dead.at("/0/url").asText()).isEqualTo("https://example.org");
                String path = "/api/v1/requests/" + dead.at("/0/id").asText();
                assertThat(api.post(path + "/retry", "").json().at("/state").asText())
                        .isEqualTo("pending");
                assertThat(api.post(path + "/discard", "").status())
                        .as("it is not dead any more")
                        .isEqualTo(404);
                String other = "/api/v1/requests/"
                        + api.get("/api/v1/requests?state=dead")
                                .json()
                                .at("/requests/0/id")
                                .asText();
                assertThat(api.post(other + "/discard", "").json().at("/state").asText())
                        .isEqualTo("discarded");
                scenario.source()
                        .execute(
                                "INSERT INTO tideline.outgoing_request (kind, url, deduplication_key) VALUES ('http', 'x', 'b')");
                String last = "/api/v1/requests/"
                        + api.get("/api/v1/requests?state=dead")
                                .json()
                                .at("/requests/0/id")
                                .asText();
                assertThat(api.post(last + "/retry", "").status()).isEqualTo(409);
            }
        }
    }

    private static JsonNode parked(Api api) {
        return api.get("/api/v1/parked?tenant=" + URLEncoder.encode("1", StandardCharsets.UTF_8))
                .json()
                .at("/rows");
    }
}
