package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.SyncScenario;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The status as a stream. */
class EventsApiTest {

    @Test
    void the_first_event_comes_at_once_and_others_when_something_has_changed() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run());
                    Listening events = Listening.to(api)) {
                await("the first").atMost(Duration.ofSeconds(10)).until(() -> !events.received.isEmpty());

                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");

                await("the change shows")
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> events.received.stream().anyMatch(event -> event.contains("\"changes\":1,")));
                api.put("/api/v1/fusebox", "{\"poller_enabled\":false}");
                await("the switch shows")
                        .atMost(Duration.ofSeconds(10))
                        .until(() ->
                                events.received.stream().anyMatch(event -> event.contains("the poller is paused")));
            }
        }
    }

    @Test
    void whoever_has_gone_leaves_its_place_to_others() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (Api api = Api.of(scenario.run())) {
                List<Listening> all = new ArrayList<>();
                for (int i = 0; i < EventStream.CLIENTS; i++) {
                    all.add(Listening.to(api));
                }
                assertThat(api.get("/api/v1/events").status()).isEqualTo(503);
                assertThat(api.get("/api/v1/status").status())
                        .as("who only asks is answered")
                        .isEqualTo(200);
                for (Listening events : all) {
                    events.close();
                }
                await("a place is free").atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
                    scenario.source()
                            .execute(
                                    "INSERT INTO project_user SELECT 1, max(id) + 1, 'x', false FROM (SELECT 0 AS id UNION ALL SELECT id FROM project_user) u");
                    try (Listening events = Listening.to(api)) {
                        assertThat(events.status).isEqualTo(200);
                    }
                });
            }
        }
    }

    /** Somebody who listens. */
    private static final class Listening implements AutoCloseable {

        private final List<String> received = Collections.synchronizedList(new ArrayList<>());
        private final InputStream in;
        private final int status;

        private Listening(InputStream in, int status) {
            this.in = in;
            this.status = status;
            Thread reader = new Thread(this::read, "listening");
            reader.setDaemon(true);
            reader.start();
        }

        static Listening to(Api api) throws IOException, InterruptedException {
            var response =
                    api.client().send(api.authorized("/api/v1/events").GET().build(), BodyHandlers.ofInputStream());
            return new Listening(response.body(), response.statusCode());
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ")) {
                        received.add(line);
                    }
                }
            } catch (IOException e) {
                // it has gone
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
