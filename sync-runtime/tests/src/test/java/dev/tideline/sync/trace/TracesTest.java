package dev.tideline.sync.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.kill.CommandLineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line with OpenTelemetry's usual variables, and what the collector has of it. */
class TracesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String WRITER = "00f067aa0ba902b7";
    private static final String TRACED =
            "BEGIN; SET LOCAL tideline.traceparent = '00-" + TRACE + "-" + WRITER + "-01'; ";

    @TempDir
    private Path folder;

    private CommandLineProcess run(SyncScenario scenario, Map<String, String> environment) throws IOException {
        Installation.install(scenario.config(), line -> {});
        Path file = Files.writeString(folder.resolve("tideline.yaml"), scenario.yaml());
        return new CommandLineProcess(file, folder.resolve("run.log"), environment);
    }

    private static SyncScenario scenario() throws IOException {
        SyncScenario scenario = SyncScenario.users();
        scenario.settings("requests: { allow_private: true }\nadmin: { port: " + ReservedPort.next() + " }");
        return scenario;
    }

    /** Until then a run is at work that would take the next change along in a trace of its own. */
    private static void awaitFirstCopy(SyncScenario scenario) {
        Rows.of(scenario.target(), "SELECT count(*) FROM users").become("0");
        Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                .become("0");
    }

    private static JsonNode awaited(Traces traces, String name) {
        return await(name + " in the writer's trace")
                .atMost(LIMIT)
                .until(() -> traces.span(TRACE, name), java.util.Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void a_change_is_found_in_the_trace_that_it_was_written_in() throws IOException {
        try (SyncScenario scenario = scenario();
                Traces traces = new Traces();
                CommandLineProcess runtime = run(scenario, traces.environment())) {
            awaitFirstCopy(scenario);
            scenario.source().execute(TRACED + "INSERT INTO project_user VALUES (1, 1, 'Ada', false); COMMIT");

            JsonNode apply = awaited(traces, "tideline.apply");
            JsonNode target = awaited(traces, "tideline.target");
            JsonNode sync = awaited(traces, "tideline.sync");
            assertThat(apply.path("parent_span_id")).isEqualTo(target.path("span_id"));
            assertThat(awaited(traces, "tideline.fetch").path("parent_span_id")).isEqualTo(target.path("span_id"));
            assertThat(target.path("parent_span_id")).isEqualTo(sync.path("span_id"));
            assertThat(sync.path("parent_span_id").asText()).isEqualTo(WRITER);
            assertThat(apply.toString()).contains("tideline.mapping").contains("\"users\"");
            await("a pass that is linked with the writer")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(traces.spans("tideline.sequence"))
                            .anyMatch(span -> span.path("links").toString().contains(TRACE)));
            assertThat(traces.spans("tideline.dispatch")).isNotEmpty();
            assertThat(runtime.log()).doesNotContain("WARN");
            String copy = traces.spans("tideline.copy").get(0).path("trace_id").asText();
            assertThat(runtime.log().lines())
                    .anyMatch(line -> line.contains("copying the rows of the tenant trace_id=" + copy + " span_id="));
        }
    }

    @Test
    void over_http_the_trace_goes_along_to_the_runtime_that_syncs() throws IOException {
        try (SyncScenario scenario = scenario()) {
            scenario.settings("dispatch: http\nadmin: { port: " + ReservedPort.next() + " }");
            try (Traces traces = new Traces();
                    CommandLineProcess runtime = run(scenario, traces.environment())) {
                awaitFirstCopy(scenario);
                scenario.source().execute(TRACED + "INSERT INTO project_user VALUES (1, 1, 'Ada', false); COMMIT");

                JsonNode apply = awaited(traces, "tideline.apply");
                JsonNode target = awaited(traces, "tideline.target");
                JsonNode post = awaited(traces, "POST");
                assertThat(apply.path("parent_span_id")).isEqualTo(target.path("span_id"));
                assertThat(target.path("parent_span_id")).isEqualTo(post.path("span_id"));
                assertThat(post.path("parent_span_id").asText()).isEqualTo(WRITER);
                assertThat(runtime.isAlive()).isTrue();
            }
        }
    }

    @Test
    void metrics_go_the_same_way() throws IOException {
        try (SyncScenario scenario = scenario();
                Traces traces = new Traces();
                CommandLineProcess runtime = run(scenario, traces.environment())) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            await("rows that were brought")
                    .atMost(LIMIT)
                    .until(() -> traces.get("/api/v1/metrics?limit=10&name=tideline.rows.brought")
                            .contains("users"));
            assertThat(traces.get("/api/v1/metrics?limit=1&name=tideline.rows.brought"))
                    .contains("\"sum\"")
                    .contains("\"service\":\"tideline\"");
            assertThat(traces.get("/api/v1/metrics?limit=1&name=tideline.external.databases"))
                    .contains("\"gauge\"")
                    .contains("copying");
            assertThat(runtime.isAlive()).isTrue();
        }
    }

    @Test
    void a_request_continues_with_the_trace_that_it_was_enqueued_in() throws Exception {
        try (SyncScenario scenario = scenario();
                Traces traces = new Traces();
                MockWebServer receiver = new MockWebServer();
                CommandLineProcess runtime = run(scenario, traces.environment())) {
            receiver.start();
            receiver.enqueue(new MockResponse.Builder().code(200).build());
            String url = receiver.url("/hook?key=planted-query-1").toString();
            scenario.source().execute(TRACED + "SELECT tideline.enqueue_request('" + url + "'); COMMIT");

            JsonNode post = awaited(traces, "POST");
            assertThat(post.path("parent_span_id").asText()).isEqualTo(WRITER);
            RecordedRequest request = receiver.takeRequest();
            assertThat(request.getHeaders().get("traceparent"))
                    .isEqualTo("00-" + TRACE + "-" + post.path("span_id").asText() + "-01");
            assertThat(traces.get("/api/v1/traces/" + TRACE))
                    .contains(receiver.getHostName())
                    .doesNotContain("planted-query-1");
            assertThat(runtime.isAlive()).isTrue();
        }
    }

    @Test
    void secrets_are_in_no_span_and_no_metric() throws IOException {
        try (SyncScenario scenario = scenario();
                Traces traces = new Traces()) {
            scenario.addTarget("1", "down", "postgres://someone:planted-password-1@127.0.0.1:1/planted-database-2");
            try (CommandLineProcess runtime = run(scenario, traces.environment())) {
                Rows.of(scenario.target(), "SELECT count(*) FROM users").become("0");
                scenario.target().execute("ALTER TABLE users ADD CHECK (display_name <> 'planted-row-3')");
                scenario.source()
                        .execute(TRACED + "INSERT INTO project_user VALUES (1, 1, 'planted-row-3', false); COMMIT");
                await("the failure and the row that is refused")
                        .atMost(LIMIT)
                        .until(() -> traces.get("/api/v1/spans?limit=1000").contains("23514")
                                && traces.get("/api/v1/spans?limit=1000&status=error")
                                        .contains("down"));
                assertThat(traces.get("/api/v1/spans?limit=1000")
                                + traces.get("/api/v1/metrics?limit=1000")
                                + traces.get("/api/v1/logs?limit=1000"))
                        .contains("tideline.target")
                        .doesNotContain("planted");
                assertThat(runtime.isAlive()).isTrue();
            }
        }
    }

    @Test
    void a_target_that_takes_long_is_no_error() throws Exception {
        try (SyncScenario scenario = scenario();
                Traces traces = new Traces();
                CommandLineProcess runtime = run(scenario, traces.environment())) {
            awaitFirstCopy(scenario);
            JsonNode leftBehind;
            try (Connection holder = scenario.target().connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE users IN SHARE MODE");
                scenario.source().execute(TRACED + "INSERT INTO project_user VALUES (1, 1, 'Ada', false); COMMIT");
                leftBehind = awaited(traces, "tideline.sync");
            }
            awaited(traces, "tideline.apply");
            assertThat(leftBehind.path("status").asText()).isEqualTo("unset");
            assertThat(traces.get("/api/v1/traces/" + TRACE)).doesNotContain("retried");
            assertThat(runtime.isAlive()).isTrue();
        }
    }

    @Test
    void a_collector_that_is_away_hurts_nobody() throws Exception {
        try (SyncScenario scenario = scenario();
                CommandLineProcess runtime = run(
                        scenario, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + ReservedPort.next()))) {
            scenario.source().execute(TRACED + "INSERT INTO project_user VALUES (1, 1, 'Ada', false); COMMIT");
            Rows.of(scenario.target(), "SELECT display_name FROM users").become("Ada");
            assertThat(runtime.terminate(Duration.ofSeconds(10))).isZero();
        }
    }
}
