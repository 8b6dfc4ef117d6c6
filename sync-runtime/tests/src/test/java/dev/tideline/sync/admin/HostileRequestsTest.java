package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever somebody sends to the admin port, byte for byte, the answer is a problem document that says what is wrong and what to do,
 * repeats no secret, and is no failure of ours; and whoever sends slowly delays nobody.
 */
class HostileRequestsTest {

    private static final String PLANTED = "planted-secret-4711";

    private static final List<String> PATHS = List.of(
            "/",
            "/api/v1/status",
            "/api/v1/events",
            "/api/v1/history",
            "/api/v1/fusebox",
            "/api/v1/tenants/1/sync",
            "/api/v1/tenants/1/resync",
            "/api/v1/jobs",
            "/api/v1/jobs/1",
            "/api/v1/jobs/1/cancel",
            "/api/v1/external-databases",
            "/api/v1/external-databases/test",
            "/api/v1/alerts/test",
            "/api/v1/parked",
            "/api/v1/parked/1/retry",
            "/api/v1/requests",
            "/api/v1/requests/retry",
            "/api/v1/requests/1/discard",
            "/api/v1/sequencer",
            "/api/v1/poller",
            "/api/v1/sync-engine",
            "/api/v1/openapi.json",
            "/metrics",
            "/healthz",
            "/readyz",
            "/login",
            "/logout");

    private static SyncScenario scenario;
    private static SyncRuntime runtime;
    private static Api api;

    @BeforeAll
    static void start() {
        scenario = SyncScenario.users();
        scenario.install();
        runtime = scenario.run();
        api = Api.of(runtime);
    }

    @AfterAll
    static void stop() {
        api.close();
        scenario.close();
    }

    @Test
    void a_method_that_a_path_does_not_have_is_refused() throws IOException {
        for (String path : PATHS) {
            for (String method : List.of("DELETE", "PATCH", "TRACE", "CONNECT", "BREW", "get", "PROPFIND")) {
                refused(method + " " + path + " HTTP/1.1\r\n" + headers(""));
            }
        }
    }

    @Test
    void a_request_that_is_none_is_refused() throws IOException {
        for (String raw : List.of(
                "GET /api/v1/status HTTP/1.1\r\nConnection: close\r\n\r\n",
                "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                "GET /api/v1/status HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
                "GET /api/v1/status HTTP/1.1\r\nHost: localhost,evil.example\r\nConnection: close\r\n\r\n",
                "GET /api/v1/status HTTP/1.1\r\nHost: user@localhost\r\nConnection: close\r\n\r\n",
                "GET http://evil.example/api/v1/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /api/v1/status HTTP/9.9\r\n" + headers(""),
                "GET /api/v1/status\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
                "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + headers(""),
                "GET /api/v1/status HTTP/1.1\r\n" + headers("X: " + "x".repeat(20_000) + "\r\n"),
                "GET /api/v1/status HTTP/1.1\r\n" + headers("Content-Length: nine\r\n"),
                "POST /api/v1/tenants/1/sync HTTP/1.1\r\n" + headers("Content-Length: -1\r\n"),
                "POST /api/v1/tenants/1/sync HTTP/1.1\r\n"
                        + headers("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n")
                        + "0\r\n\r\n",
                "POST /api/v1/tenants/1/sync HTTP/1.1\r\n"
                        + headers("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n")
                        + "zz\r\n{}\r\n0\r\n\r\n")) {
            refused(raw);
        }
    }

    @Test
    void paths_that_climb_or_are_written_oddly_lead_nowhere() throws IOException {
        for (String path : List.of(
                "/../../etc/passwd",
                "/assets/../../../etc/passwd",
                "/assets/%2e%2e/%2e%2e/index.html",
                "/assets/..%2f..%2findex.html",
                "/assets/..%5c..%5cindex.html",
                "/assets//etc/passwd",
                "/assets/%00main.js",
                "/login/..%2findex.html",
                "/look/..%2f..%2fStatus.class",
                "/assets/main.js;x=y/../../..",
                "/%c0%ae%c0%ae/index.html",
                "/api/v1/%zz",
                "/api/v1/status%",
                "/API/V1/STATUS",
                "/api/v1/status/",
                "//api/v1/status",
                "/api/v1/./status/../none",
                "/api/v1/parked/%ff%fe/retry",
                "/api/v1/jobs/%0d%0aSet-Cookie:%20a=b")) {
            refused("GET " + path + " HTTP/1.1\r\n" + headers(""));
        }
    }

    @Test
    void names_that_are_none_are_refused_however_they_are_written() throws IOException {
        for (String tenant : List.of(
                "a%2Fb",
                "%2F",
                "%25",
                "%00",
                "a%00b",
                "%0A",
                "%1B%5B31m",
                "%F0%9F%92%A9",
                "%ED%A0%80",
                "%ff",
                "'--",
                "a".repeat(3_000),
                "%20")) {
            for (String act : List.of("sync", "resync")) {
                refused("POST /api/v1/tenants/" + tenant + "/" + act + " HTTP/1.1\r\n"
                        + headers("Content-Length: 0\r\n"));
            }
            refused("POST /api/v1/parked/" + tenant + "/retry HTTP/1.1\r\n" + headers("Content-Length: 0\r\n"));
            refused("POST /api/v1/requests/" + tenant + "/retry HTTP/1.1\r\n" + headers("Content-Length: 0\r\n"));
            refused("POST /api/v1/jobs/" + tenant + "/cancel HTTP/1.1\r\n" + headers("Content-Length: 0\r\n"));
        }
    }

    @Test
    void bodies_that_say_nothing_are_refused() throws IOException {
        Map<String, List<String>> takers = new TreeMap<>(Map.of(
                "PUT /api/v1/fusebox",
                List.of(
                        "{}",
                        "{\"sequencer_enabled\":\"maybe\"}",
                        "{\"targets\":[{\"tenant\":\"\\u0000\",\"name\":\"main\",\"paused\":true}]}",
                        "{\"targets\":[{\"tenant\":\"1\",\"name\":\"\\u0000\",\"paused\":true}]}",
                        "{\"targets\":[{\"tenant\":\"1\",\"name\":\"\\ud800\",\"paused\":true}]}",
                        "{\"targets\":[{\"tenant\":\"1\",\"name\":\"main\",\"paused\":true}],\"by\":\"\\u0000\",\"x\":1}",
                        "{\"targets\":[null]}",
                        "{\"targets\":7}"),
                "POST /api/v1/tenants/1/resync",
                List.of(
                        "{\"target\":\"\\u0000\"}",
                        "{\"mapping\":\"\\u0000\"}",
                        "{\"target\":[]}",
                        "{\"target\":\"\\ud800\"}"),
                "POST /api/v1/external-databases/test",
                List.of(
                        "{}",
                        "{\"url\":\"\"}",
                        "{\"url\":\"\\u0000\"}",
                        "{\"url\":\"postgres://u:" + PLANTED + "@[\"}",
                        "{\"url\":\"jdbc:postgresql://h/d?password=" + PLANTED + "\"}",
                        "{\"url\":\"postgres://u:" + PLANTED + "@h/d?socketFactory=x\"}",
                        "{\"url\":{\"" + PLANTED + "\":1}}",
                        "{\"url\":\"" + PLANTED + "\""),
                "POST /login",
                List.of("{\"token\":{\"a\":\"" + PLANTED + "\"}}", "{\"token\":\"" + PLANTED)));
        List<String> anywhere = List.of(
                "",
                "null",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{\"a\":1}",
                "{}{}",
                "\u00ff",
                "[".repeat(5_000),
                "{\"by\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}",
                "{\"by\":1" + "0".repeat(3_000) + "}",
                " ".repeat(70_000));
        for (Map.Entry<String, List<String>> taker : takers.entrySet()) {
            List<String> bodies = new ArrayList<>(taker.getValue());
            if (!taker.getKey().endsWith("/login")) { // five wrong ones, and it answers 429
                bodies.addAll(anywhere);
            }
            for (String body : bodies) {
                if (body.isEmpty() && taker.getKey().endsWith("/resync")) {
                    continue; // means all
                }
                for (String type : List.of("application/json", "text/plain")) {
                    refused(taker.getKey() + " HTTP/1.1\r\n"
                            + headers("Content-Type: " + type + "\r\nContent-Length: "
                                    + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n")
                            + body);
                }
            }
        }
    }

    @Test
    void parameters_that_are_none_are_refused() throws IOException {
        for (String query : List.of(
                "page=0",
                "page=-1",
                "page=1e9",
                "size=201",
                "size=x",
                "sort=;",
                "status=x",
                "tenant=%00",
                "search=%00")) {
            refused("GET /api/v1/status?" + query + " HTTP/1.1\r\n" + headers(""));
            refused("GET /api/v1/events?" + query + " HTTP/1.1\r\n" + headers(""));
        }
        refused("GET /api/v1/history?since=now HTTP/1.1\r\n" + headers(""));
        refused("GET /api/v1/requests?state=undead HTTP/1.1\r\n" + headers(""));
        refused("GET /api/v1/parked?mapping=%00 HTTP/1.1\r\n" + headers(""));
        for (String path : List.of("/api/v1/sequencer", "/api/v1/poller")) {
            for (String most : List.of("-1", "1.5", "x", "9223372036854775808", "3600001", "%00")) {
                refused("GET " + path + "?max_duration_ms=" + most + " HTTP/1.1\r\n" + cron());
            }
        }
    }

    @Test
    void whoever_sends_slowly_listens_or_runs_long_delays_nobody() throws Exception {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                held.add(begun(
                        "POST /login HTTP/1.1\r\n" // nobody has to know a token for this
                                + headers("Content-Type: application/json\r\nContent-Length: 100\r\n") + "{"));
                held.add(begun("GET /api/v1/events HTTP/1.1\r\n" + headers("")));
                held.add(begun("GET /api/v1/sequencer?max_duration_ms=20000 HTTP/1.1\r\n" + cron()));
                held.add(begun("GET /healthz HTTP/1.1\r\nHost: local"));
            }
            for (String path : List.of("/healthz", "/readyz", "/api/v1/status", "/login")) {
                assertThat(api.get(path).status()).as(path).isEqualTo(200);
            }
            assertThat(exchange("GET /api/v1/events HTTP/1.1\r\n" + headers("")))
                    .contains(" 503 ");
            refused("GET /api/v1/sequencer HTTP/1.1\r\n" + cron());
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    private static Socket begun(String raw) throws IOException {
        Socket socket = open();
        socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static String headers(String more) {
        return "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer " + Api.TOKEN + "\r\n" + more + "\r\n";
    }

    private static String cron() {
        return "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer " + Api.CRON_SECRET + "\r\n\r\n";
    }

    private static void refused(String raw) throws IOException {
        String shown = raw.length() > 300 ? raw.substring(0, 300) + "…" : raw;
        String answer = exchange(raw);
        assertThat(answer).as(shown).isNotEmpty().doesNotContain(PLANTED, Api.TOKEN, Api.CRON_SECRET);
        int status = Integer.parseInt(answer.split(" ", 3)[1]);
        assertThat(status == 505 ? 400 : status).as("%s: %s", shown, answer).isBetween(400, 499);
        assertThat(answer.toLowerCase(java.util.Locale.ROOT))
                .as(shown)
                .contains("content-type: application/problem+json")
                .contains("x-content-type-options: nosniff");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        JsonNode problem = new ObjectMapper().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        assertThat(problem.at("/status").asInt()).as(shown).isEqualTo(status);
        assertThat(problem.at("/title").asText()).as(shown).endsWith(".");
        assertThat(problem.at("/detail").asText()).as(shown).isNotEmpty();
    }

    private static String exchange(String raw) throws IOException {
        try (Socket socket = open()) {
            socket.getOutputStream().write(raw.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(socket);
        }
    }

    private static String read(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            in.transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new IOException("no end after: " + all, e);
        } catch (IOException e) {
            // what was not read of the request resets the connection
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private static Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", api.server().port());
        socket.setSoTimeout(30_000);
        return socket;
    }
}
