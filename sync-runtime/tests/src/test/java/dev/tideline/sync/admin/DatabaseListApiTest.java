package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of the status that one may ask for. */
class DatabaseListApiTest {

    @Test
    void they_are_searched_and_sorted_by_parameters() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("2", "down", "postgres://a:b@127.0.0.1:1/customer");
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                await("both have reported")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> names(api, "?sort=status").equals(List.of("2", "1")));

                assertThat(names(api, "?status=error")).containsExactly("2");
                assertThat(names(api, "?search=CUSTOMER")).containsExactly("2");
                assertThat(names(api, "?search=nowhere")).isEmpty();
                assertThat(names(api, "?sort=-name&size=1&page=2")).containsExactly("1");
                assertThat(api.get("/api/v1/external-databases?sort=colour")
                                .json()
                                .at("/detail")
                                .asText())
                        .isEqualTo("sort must be one of: backlog, checked, lag, name, parked, status.");
                assertThat(api.get("/api/v1/external-databases?status=-ok").status())
                        .isEqualTo(400);
            }
        }
    }

    @Test
    void of_the_history_one_may_have_what_is_new() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                await("there is some")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> times(api, "").size() >= 3);
                List<String> all = times(api, "");

                List<String> later = times(api, "?since=" + all.get(1));

                assertThat(later)
                        .startsWith(all.get(2))
                        .allMatch(at -> OffsetDateTime.parse(at).isAfter(OffsetDateTime.parse(all.get(1))));
                assertThat(api.get("/api/v1/history?since=yesterday").status()).isEqualTo(400);

                api.put("/api/v1/fusebox", "{\"sequencer_enabled\":false}");
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
                await("a change that waits grows old")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> api.get("/api/v1/history").json().findValues("pending_age_ms").stream()
                                .anyMatch(age -> age.asLong() > 1000));
            }
        }
    }

    private static List<String> names(Api api, String query) {
        return api.get("/api/v1/external-databases" + query)
                .json()
                .at("/external_databases")
                .findValuesAsText("tenant");
    }

    private static List<String> times(Api api, String query) {
        return api.get("/api/v1/history" + query).json().findValuesAsText("at");
    }
}
