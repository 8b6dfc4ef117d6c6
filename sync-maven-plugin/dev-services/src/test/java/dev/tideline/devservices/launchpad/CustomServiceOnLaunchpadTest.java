package dev.tideline.devservices.launchpad;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.devservices.lifecycle.RecordingProgress;
import dev.tideline.devservices.lifecycle.TestEngine;
import dev.tideline.devservices.lifecycle.TestWorkspace;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.ports.PortPrefix;
import dev.tideline.ports.PrefixRegistry;
import dev.tideline.ports.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A service of the user's own, as the launchpad shows and drives it. */
@ExtendWith(TestEngine.class)
class CustomServiceOnLaunchpadTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private String root;

    @Test
    void it_is_shown_with_address_and_log_and_is_stopped_and_started(@TempDir Path folder) throws Exception {
        PrefixRegistry registry = PrefixRegistry.at(folder.resolve("state"));
        TestWorkspace here = TestWorkspace.at(folder.toRealPath());
        root = "http://127.0.0.1:" + here.prefix() + "00";
        RecordingProgress progress = new RecordingProgress();
        int port = here.startCustom(progress, "one", TestEngine.custom("tracing"))
                .get(0)
                .ports()
                .get("tracing");
        LaunchpadConfig config =
                new LaunchpadConfig(Workspace.at(here.root()), new PortPrefix(here.prefix(), "the test"), Set.of());
        try (Launchpad launchpad = Launchpad.start(config, registry)) {
            assertThat(launchpad).isNotNull();
            JsonNode shown = service();
            assertThat(shown.get("name").asText()).isEqualTo("tracing");
            assertThat(shown.get("health").asText()).isEqualTo("ready");
            assertThat(shown.get("pages").get("tracing").asText()).isEqualTo("http://127.0.0.1:" + port);
            assertThat(shown.get("connect").get("URL").asText()).isEqualTo("http://127.0.0.1:" + port);

            Matcher token = Pattern.compile("data-token=\"([^\"]+)\"").matcher(ask("GET", "/", ""));
            assertThat(token.find()).isTrue();
            assertThat(ask("GET", "/api/v1/services/tracing/log", token.group(1)))
                    .isNotBlank();
            ask("POST", "/api/v1/services/tracing/stop", token.group(1));
            awaitHealth("stopped");
            ask("POST", "/api/v1/services/tracing/start", token.group(1));
            awaitHealth("ready");
        } finally {
            here.whole(progress).services().clean();
        }
    }

    private void awaitHealth(String wanted) {
        String[] seen = new String[1];
        boolean there = Poll.untilTrue(Duration.ofSeconds(60), () -> {
            try {
                seen[0] = service().get("health").asText();
                return seen[0].equals(wanted);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(there).as(seen[0]).isTrue();
    }

    private JsonNode service() throws Exception {
        return new ObjectMapper()
                .readTree(ask("GET", "/api/v1/workspace", ""))
                .get("services")
                .get(0);
    }

    private String ask(String method, String path, String token) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (!token.isEmpty()) {
            request.header("Origin", root).header("X-Launchpad-Token", token);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isBetween(200, 299);
        return answer.body();
    }
}
