package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.config.AdminConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What is secret is in no answer, no metric and no line of the log. */
@Isolated
class SecretsTest {

    private static final String PASSWORD = "planted-password-1";
    private static final String QUERY = "planted-query-2";
    private static final String TOKEN = "planted-token-3";
    private static final String CRON = "planted-cron-4";
    private static final String TRIED = "planted-tried-5";

    @Test
    void secrets_stay_where_they_are() {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Handler lines = new StreamHandler(log, new SimpleFormatter());
        Logger.getLogger("").addHandler(lines);
        List<String> shown = new ArrayList<>();
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.addTarget("2", "down", "postgres://someone:" + PASSWORD + "@127.0.0.1:1/customer");
            scenario.install();
            AdminConfig config =
                    new AdminConfig(ReservedPort.next(), "127.0.0.1", Optional.of(TOKEN), Optional.of(CRON));
            scenario.source()
                    .execute(
                            "INSERT INTO tideline.outgoing_request (kind, url, dead, last_error, headers, body) VALUES ('http',"
                                    + " 'https://u:" + PASSWORD + "@example.org/hook?key=" + QUERY
                                    + "', true, 'status 500',"
                                    + " '{\"Authorization\": \"" + QUERY + "\"}', '{\"secret\": \"" + QUERY + "\"}')");
            try (Api api = Api.of(scenario.run(), config)) {
                await("the target fails")
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> get(api, "/api/v1/status").contains("nothing accepts connections"));
                for (String path : List.of(
                        "/api/v1/status",
                        "/api/v1/external-databases",
                        "/api/v1/fusebox",
                        "/api/v1/requests",
                        "/api/v1/parked",
                        "/api/v1/history",
                        "/api/v1/jobs",
                        "/api/v1/nothing",
                        "/metrics")) {
                    shown.add(get(api, path));
                }
                for (String body : List.of(
                        "{\"url\":\"postgres://a:" + TRIED + "@127.0.0.1:1/db\"}",
                        "{\"url\":\"postgres://a:" + TRIED + "@127.0.0.1:1/db?socketFactory=" + TRIED + "\"}",
                        "{\"url\":\"" + TRIED + "\"}",
                        "{\"url\":" + TRIED + "}",
                        "{\"url\":{\"" + TRIED + "\":1}}")) {
                    shown.add(post(api, "/api/v1/external-databases/test", body));
                }
                shown.add(post(api, "/login", "{\"token\":\"" + TRIED + "\"}"));
                shown.add(post(api, "/api/v1/tenants/2/sync", ""));
                shown.add(api.send(api.request("/api/v1/poller").header("Authorization", "Bearer " + CRON))
                        .body());
            }
        } finally {
            lines.close();
            Logger.getLogger("").removeHandler(lines);
            System.setErr(err);
        }
        assertThat(shown).allSatisfy(text -> assertThat(text).isNotEmpty());
        assertThat(String.join("\n", shown) + log.toString(StandardCharsets.UTF_8))
                .contains("127.0.0.1:1/customer")
                .doesNotContain(PASSWORD, QUERY, TOKEN, CRON, TRIED);
    }

    private static String get(Api api, String path) {
        return api.send(api.request(path).header("Authorization", "Bearer " + TOKEN))
                .body();
    }

    private static String post(Api api, String path, String body) {
        return api.send(api.request(path)
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)))
                .body();
    }
}
