package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the document says of the answers is true of the real ones. */
class OpenApiTest {

    /** Answers that are no JSON. */
    private static final List<String> OTHERS =
            List.of("GET /", "GET /api/v1/events", "GET /metrics", "GET /api/v1/openapi.json");

    @Test
    void every_answer_is_as_the_document_says() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("2", "down", "postgres://a:b@127.0.0.1:1/customer");
            scenario.settings("alerts: [ { url: \"https://127.0.0.1:1\", secret: s, lag: 0s, failing: 0s } ]");
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                JsonNode document = api.get("/api/v1/openapi.json").json();
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (2, 2, 'Eve', false)");
                await("it arrives")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> api.get("/api/v1/status")
                                        .json()
                                        .at("/totals/failing")
                                        .asInt()
                                == 1);
                scenario.source()
                        .execute("INSERT INTO tideline.http_request (tenant, url, host, flow_key, sender, body, dead)"
                                + " VALUES ('1', 'http://x/y', 'x', 'f', 'webhook:1',"
                                + " '{\"mapping\": \"users\", \"key\": {\"id\": 7}}', true);"
                                + " INSERT INTO tideline.delivery_attempt (request_id, message_id, sender, host, attempt,"
                                + " duration_ms, status) SELECT request_id, message_id, sender, host, 1, 20, 503"
                                + " FROM tideline.http_request;"
                                + " INSERT INTO tideline.outgoing_request (kind, url, dead, last_error)"
                                + " VALUES ('http', 'http://x/y', true, 'e'), ('http', 'http://x/y', true, 'e')");

                Map<String, Api.Answer> answers = new TreeMap<>();
                answers.put("GET /api/v1/status", api.get("/api/v1/status"));
                answers.put("GET /api/v1/history", api.get("/api/v1/history"));
                answers.put("GET /api/v1/external-databases", api.get("/api/v1/external-databases?tenant=2"));
                answers.put(
                        "PUT /api/v1/fusebox",
                        api.put(
                                "/api/v1/fusebox",
                                "{\"poller_enabled\":true,\"targets\":[{\"tenant\":\"2\",\"name\":\"down\",\"paused\":true}]}"));
                answers.put("GET /api/v1/fusebox", api.get("/api/v1/fusebox"));
                Api.Answer job = api.post("/api/v1/tenants/1/sync", "");
                String id = job.json().at("/id").asText();
                answers.put("POST /api/v1/tenants/{tenant}/sync", job);
                answers.put("POST /api/v1/tenants/{tenant}/resync", api.post("/api/v1/tenants/1/resync", "{}"));
                answers.put("GET /api/v1/jobs", api.get("/api/v1/jobs"));
                answers.put("GET /api/v1/jobs/{id}", api.get("/api/v1/jobs/" + id));
                answers.put("POST /api/v1/jobs/{id}/cancel", api.post("/api/v1/jobs/" + id + "/cancel", ""));
                answers.put(
                        "POST /api/v1/external-databases/test",
                        api.post(
                                "/api/v1/external-databases/test",
                                "{\"url\":\"" + scenario.target().url() + "\"}"));
                answers.put("POST /api/v1/alerts/test", api.post("/api/v1/alerts/test", ""));
                answers.put("GET /api/v1/requests", api.get("/api/v1/requests"));
                JsonNode dead = api.get("/api/v1/requests?state=dead").json().at("/requests");
                assertThat(dead.at("/2/mapping").asText() + dead.at("/2/key")).isEqualTo("users[\"7\"]");
                assertThat(dead.at("/2/last_try/status").asInt()).isEqualTo(503);
                answers.put(
                        "POST /api/v1/requests/{id}/retry",
                        api.post("/api/v1/requests/" + dead.at("/0/id").asText() + "/retry", ""));
                answers.put(
                        "POST /api/v1/requests/{id}/discard",
                        api.post("/api/v1/requests/" + dead.at("/1/id").asText() + "/discard", ""));
                answers.put("POST /api/v1/requests/retry", api.post("/api/v1/requests/retry", ""));
                answers.put("POST /api/v1/requests/discard", api.post("/api/v1/requests/discard", ""));
                await("the jobs, which forget parked rows, have ended")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> api.get("/api/v1/jobs").json().findValues("ended_at").stream()
                                .noneMatch(JsonNode::isNull));
                scenario.source()
                        .execute("INSERT INTO tideline.parked (tenant, target, mapping_name, key, key_digest,"
                                + " sequence_id, error, sql_state) SELECT '1', 'main', 'users', ARRAY[id],"
                                + " tideline.key_digest(ARRAY[id]), 1, 'refused', '23514' FROM"
                                + " unnest('{1,2}'::text[]) id");
                Api.Answer parked = api.get("/api/v1/parked");
                answers.put("GET /api/v1/parked", parked);
                answers.put(
                        "POST /api/v1/parked/{id}/discard",
                        api.post(
                                "/api/v1/parked/"
                                        + parked.json().at("/rows/0/id").asText() + "/discard",
                                ""));
                answers.put(
                        "POST /api/v1/parked/{id}/retry",
                        api.post(
                                "/api/v1/parked/"
                                        + parked.json().at("/rows/1/id").asText() + "/retry",
                                ""));
                answers.put("GET /api/v1/sequencer", cron(api, "/api/v1/sequencer"));
                answers.put("GET /api/v1/poller", cron(api, "/api/v1/poller"));
                answers.put(
                        "POST /api/v1/sync-engine",
                        Api.signed(
                                api,
                                scenario.source().value("SELECT secret FROM tideline.signing_secret"),
                                "{\"tenant\":\"gone\"}"));
                answers.put("GET /healthz", api.get("/healthz"));
                answers.put("GET /readyz", api.get("/readyz"));

                TreeSet<String> described = new TreeSet<>();
                document.at("/paths")
                        .properties()
                        .forEach(path -> path.getValue()
                                .fieldNames()
                                .forEachRemaining(method -> described.add(method.toUpperCase() + " " + path.getKey())));
                OTHERS.forEach(described::remove);
                assertThat(answers.keySet()).isEqualTo(described);
                answers.forEach((name, answer) -> assertThat(problems(document, name, answer))
                        .as(name + " " + answer.body())
                        .isEmpty());
                assertThat(problems(document, "GET /api/v1/jobs/{id}", api.get("/api/v1/jobs//x")))
                        .isEmpty();
                assertThat(problems(document, "GET /api/v1/jobs/{id}", api.get("/api/v1/jobs/none")))
                        .isEmpty();
            }
        }
    }

    private static Api.Answer cron(Api api, String path) {
        return api.send(api.request(path).header("Authorization", "Bearer " + Api.CRON_SECRET));
    }

    private static List<String> problems(JsonNode document, String name, Api.Answer answer) {
        String[] parts = name.split(" ");
        JsonNode responses = document.at("/paths")
                .path(parts[1])
                .path(parts[0].toLowerCase())
                .path("responses");
        JsonNode response = responses.path(String.valueOf(answer.status()));
        JsonNode schema = (response.isMissingNode() ? responses.path("default") : response)
                .path("content")
                .path(answer.type())
                .path("schema");
        List<String> problems = new ArrayList<>();
        if (schema.isMissingNode()) {
            problems.add("status " + answer.status() + " with " + answer.type() + " is not described");
        } else {
            compare(document, schema, answer.json(), "", problems);
        }
        return problems;
    }

    /** As much of JSON Schema as the document uses. */
    private static void compare(
            JsonNode document, JsonNode schema, JsonNode value, String where, List<String> problems) {
        if (schema.has("$ref")) {
            compare(document, document.at(schema.get("$ref").asText().substring(1)), value, where, problems);
            return;
        }
        if (schema.has("anyOf")) {
            for (JsonNode one : schema.get("anyOf")) {
                List<String> found = new ArrayList<>();
                compare(document, one, value, where, found);
                if (found.isEmpty()) {
                    return;
                }
            }
            problems.add(where + " fits nothing of anyOf");
            return;
        }
        List<String> types = new ArrayList<>();
        if (schema.path("type").isArray()) {
            schema.get("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        if (!types.contains(type(value)) && !(types.contains("number") && value.isNumber())) {
            problems.add(where + " is " + type(value) + " and not " + types);
            return;
        }
        if (schema.has("enum")
                && !value.isNull()
                && !schema.get("enum").toString().contains(value.toString())) {
            problems.add(where + " is " + value);
        }
        schema.path("required").forEach(name -> {
            if (!value.isNull() && !value.has(name.asText())) {
                problems.add(where + " lacks " + name.asText());
            }
        });
        value.properties().forEach(field -> {
            JsonNode known = schema.path("properties").path(field.getKey());
            JsonNode described = known.isMissingNode() ? schema.path("additionalProperties") : known;
            if (described.isObject()) {
                compare(document, described, field.getValue(), where + "/" + field.getKey(), problems);
            } else if (value.isObject()) {
                problems.add(where + " has " + field.getKey() + ", which is not described");
            }
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            compare(document, schema.path("items"), value.get(i), where + "/" + i, problems);
        }
    }

    private static String type(JsonNode value) {
        return value.isNull()
                ? "null"
                : value.isObject()
                        ? "object"
                        : value.isArray()
                                ? "array"
                                : value.isBoolean()
                                        ? "boolean"
                                        : value.isIntegralNumber() ? "integer" : value.isNumber() ? "number" : "string";
    }
}
