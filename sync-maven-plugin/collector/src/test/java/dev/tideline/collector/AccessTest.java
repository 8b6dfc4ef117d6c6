package dev.tideline.collector;

import static dev.tideline.collector.CollectorClient.JSON;
import static dev.tideline.collector.CollectorClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.web.HostRules;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of foreign sites reach neither port through the visitor's browser. */
class AccessTest {

    private static final byte[] EMPTY = "{}".getBytes();

    private final Collector collector = Collector.start(CollectorConfig.DEFAULT);
    private final CollectorClient client = new CollectorClient(collector);

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:3000", "https://app.localhost", "http://127.0.0.1:5173", "http://[::1]:8080"})
    void aPageOfALoopbackOriginMaySend(String origin) {
        HttpResponse<byte[]> preflight = client.otlp(
                "OPTIONS",
                "/v1/traces",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                "POST",
                "Access-Control-Request-Headers",
                "content-type,x-team",
                "Access-Control-Request-Private-Network",
                "true");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .contains(origin);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("content-type,x-team");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Private-Network"))
                .contains("true");
        HttpResponse<byte[]> sent = client.post("/v1/traces", JSON, EMPTY, "Origin", origin);
        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.headers().firstValue("Access-Control-Allow-Origin")).contains(origin);
        assertThat(sent.headers().firstValue("Vary")).contains("Origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example",
                "file://",
                "http://localhost@evil.example",
            })
    void aPageOfAnyOtherOriginMayNot(String origin) {
        HttpResponse<byte[]> sent = client.post("/v1/traces", JSON, EMPTY, "Origin", origin);
        assertThat(sent.statusCode()).isEqualTo(403);
        assertThat(sent.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(json(sent).get("message").asText())
                .isEqualTo("pages of " + origin + " may not send here; only those of loopback hosts");
        assertThat(client.otlp("OPTIONS", "/v1/traces", "Origin", origin).statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:8107", "localhost.evil.example"})
    void aForeignHostNameIsRefusedOnBothPorts(String host) {
        String refusal = "the Host header names " + host + ", but only loopback names are served here";
        for (int port : new int[] {collector.otlpPort(), collector.pagePort()}) {
            String answer = CollectorClient.raw(
                    port, "GET /v1/traces HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 403 ").contains(refusal);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "LOCALHOST:81,true",
        "localhost.,false",
        "a.localhost:8107,true",
        "127.8.9.1,true",
        "[::1]:8107,true",
        "devbox:8107,true",
        "devbox.example,false",
        "10.0.0.1,false",
        "[::2],false",
        "'',false"
    })
    void loopbackNamesAndAddedOnesAreLetIn(String host, boolean allowed) {
        assertThat(new HostRules(Set.of("DevBox")).allowsHost(host)).isEqualTo(allowed);
    }

    @Test
    void aStarLetsInEveryHostButNoForeignPage() {
        HostRules rules = new HostRules(Set.of("*"));
        assertThat(rules.allowsHost("anything.example")).isTrue();
        assertThat(rules.allowsOrigin("https://anything.example")).isFalse();
    }

    @Test
    void onlyThePageItselfMayClear() {
        assertThat(client.page("DELETE", "/api/v1/telemetry", "Origin", "http://localhost:3000")
                        .statusCode())
                .isEqualTo(403);
        assertThat(client.page("DELETE", "/api/v1/telemetry", "Origin", collector.pageUrl())
                        .statusCode())
                .isEqualTo(204);
        assertThat(client.page("DELETE", "/api/v1/telemetry").statusCode()).isEqualTo(204);
        assertThat(client.page("GET", "/api/v1/telemetry").statusCode()).isEqualTo(405);
    }
}
