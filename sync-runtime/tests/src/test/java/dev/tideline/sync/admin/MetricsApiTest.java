package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MetricsApiTest {

    @Test
    void what_prometheus_scrapes_is_named_as_it_likes() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false), (1, 2, 'Eve', false)");
                await("rows are brought")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(
                                () -> assertThat(api.get("/metrics").body().lines())
                                        .contains(
                                                "tideline_rows_brought_total{mapping=\"users\"} 2.0",
                                                "tideline_changes_sequenced_total 2.0",
                                                "tideline_external_databases{status=\"ok\"} 1.0",
                                                "tideline_requests{state=\"dead\"} 0.0",
                                                "tideline_sequencer_pending_changes{table=\"project_user\"} 0.0",
                                                "tideline_backlog_entries{mapping=\"users\"} 0.0",
                                                "tideline_lag_seconds{mapping=\"users\"} 0.0",
                                                "tideline_fuse_enabled{stage=\"poller\"} 1.0",
                                                "tideline_ok 1.0",
                                                "# TYPE tideline_changes_sequenced_total counter"));
                assertThat(api.get("/metrics").type()).startsWith("text/plain; version=0.0.4");
                assertThat(api.get("/metrics").body()).contains("jvm_memory_used_bytes");
            }
        }
    }
}
