package dev.tideline.e2e.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.e2e.suite.EndToEnd;
import dev.tideline.e2e.suite.Pipeline;
import dev.tideline.e2e.suite.Sql;
import dev.tideline.e2e.suite.Suite;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.SyncProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What starts, stops and asks for syncs. */
@EndToEnd
class FuseboxIT {

    /** Where the build has the log of this process written. */
    private static final Path LOG = Path.of(Objects.requireNonNull(
            System.getProperty("org.slf4j.simpleLogger.logFile"), "the build sets org.slf4j.simpleLogger.logFile"));

    private static final Duration A_WHILE = Duration.ofMillis(400);

    @Test
    void nothingArrivesBeforeASyncRuns(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing VALUES ('acme', 1, 'before')");
            SyncProbe probe = pipeline.probe(acme);
            probe.waitForRow("things", Map.of("id", 1));
            pipeline.sequencer(false);
            pipeline.run("INSERT INTO thing VALUES ('acme', 2, 'while it is off')");
            probe.expectNoRow("things", Map.of("id", 2), A_WHILE);
            pipeline.sequencer(true);
            probe.waitForRow("things", Map.of("id", 2));
        }
    }

    @Test
    void theFuseboxIsReadAndSet(Suite suite) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            assertThat(stages(pipeline)).isEqualTo("true true");
            pipeline.admin("PUT", "/api/v1/fusebox", "{\"poller_enabled\":false,\"by\":\"Kim\"}");
            assertThat(stages(pipeline)).isEqualTo("true false");
            assertThat(fusebox(pipeline).at("/poller/changed_by").asText()).isEqualTo("Kim (token)");
            pipeline.admin("PUT", "/api/v1/fusebox", "{\"poller_enabled\":true}");
            assertThat(stages(pipeline)).isEqualTo("true true");
        }
    }

    @Test
    void aStageThatWasSwitchedOffStaysOffAcrossARestart(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            pipeline.addTenant("acme", acme);
            pipeline.run("INSERT INTO thing VALUES ('acme', 1, 'before')");
            SyncProbe probe = pipeline.probe(acme);
            probe.waitForRow("things", Map.of("id", 1));
            pipeline.sequencer(false);
            pipeline.stop();
            pipeline.start();
            assertThat(stages(pipeline)).isEqualTo("false true");
            pipeline.run("INSERT INTO thing VALUES ('acme', 2, 'while it is off')");
            probe.expectNoRow("things", Map.of("id", 2), A_WHILE);
            pipeline.sequencer(true);
            probe.waitForRow("things", Map.of("id", 2));
        }
    }

    @Test
    void aRequestForATenantThatIsGoneIsDroppedWithALogLine(Suite suite, ExternalDatabase acme) throws Exception {
        try (Pipeline pipeline = Pipeline.running(suite)) {
            pipeline.addTenant("acme", acme);
            String gone = "gone-" + UUID.randomUUID();
            pipeline.run("INSERT INTO thing VALUES ('" + gone + "', 1, 'of nobody')");
            String line = "there is no tenant " + gone
                    + " in the table tenancy: its rows are not synced, and its request is dropped";
            Eventually.await("the log says so")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(LOG).contains(line), "its line", found -> found);
            Sql.await(
                    pipeline.source(),
                    "SELECT count(*) FROM tideline.outgoing_request WHERE tenant = '" + gone + "'",
                    "0");
            pipeline.run("INSERT INTO thing VALUES ('acme', 2, 'of a tenant')");
            pipeline.probe(acme).waitForRow("things", Map.of("id", 2));
        }
    }

    private static JsonNode fusebox(Pipeline pipeline) {
        return pipeline.admin("GET", "/api/v1/fusebox", null);
    }

    private static String stages(Pipeline pipeline) {
        JsonNode fusebox = fusebox(pipeline);
        return fusebox.get("sequencer_enabled") + " " + fusebox.get("poller_enabled");
    }
}
