package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusApiTest {

    @Test
    void everything_that_the_pipeline_does_shows() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("2", "other");
            scenario.install();
            SyncRuntime runtime = scenario.run();
            try (Api api = Api.of(runtime)) {
                scenario.source()
                        .execute(
                                "INSERT INTO project_user SELECT 1 + i % 2, i, 'u' || i, false FROM generate_series(1, 100) i");
                scenario.source().execute("DELETE FROM project_user WHERE id <= 10");
                scenario.source().execute("ANALYZE project_user");

                await("all has arrived").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                    JsonNode status = api.get("/api/v1/status").json();
                    assertThat(status.at("/ok").asBoolean())
                            .as(status.toPrettyString())
                            .isTrue();
                    assertThat(status.at("/sequencer/pending").asLong()).isZero();
                    assertThat(status.at("/sequencer/running").asBoolean()).isTrue();
                    assertThat(status.at("/sequencer/deleted_rows/total").asLong())
                            .isEqualTo(10);
                    assertThat(status.at("/sequencer/deleted_rows/tables/0/table")
                                    .asText())
                            .isEqualTo("project_user");
                    JsonNode table = status.at("/sequencer/tables/0");
                    assertThat(table.at("/table").asText()).isEqualTo("project_user");
                    assertThat(table.at("/total").asLong()).isEqualTo(90);
                    assertThat(table.at("/changes").asLong()).isEqualTo(110);
                    assertThat(table.at("/max_sequence_id").asLong())
                            .isGreaterThan(table.at("/min_sequence_id").asLong());
                    assertThat(status.at("/poller/total").asLong()).isZero();
                    assertThat(status.at("/totals/ok").asLong()).isEqualTo(2);
                    assertThat(status.at("/external_databases")).hasSize(2);
                    JsonNode target = status.at("/external_databases/0");
                    assertThat(target.at("/status").asText()).isEqualTo("ok");
                    assertThat(target.at("/mappings/0/backlog").asLong()).isZero();
                    assertThat(target.at("/mappings/0/complete_through").asText())
                            .isNotEmpty();
                    JsonNode process = status.at("/processes/0");
                    assertThat(process.at("/leading").asBoolean()).isTrue();
                    assertThat(process.at("/pid").asLong())
                            .isEqualTo(ProcessHandle.current().pid());
                    assertThat(status.at("/sync_engine/mappings/0/rate").isNumber())
                            .isTrue();
                });
            }
        }
    }

    @Test
    void the_status_of_a_runtime_that_is_gone_shows_no_process_and_a_second_one_takes_over() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime first = scenario.run();
            SyncRuntime second = scenario.run();
            try (Api api = Api.of(second)) {
                await("both are seen, and one leads")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(leading(api)).containsExactlyInAnyOrder("true", "false"));

                first.close();

                await("the other leads")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(leading(api)).containsExactly("true"));
            }
        }
    }

    private static List<String> leading(Api api) {
        return api.get("/api/v1/status").json().at("/processes").findValuesAsText("leading");
    }
}
