package dev.tideline.sync.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.fixture.ReservedPort;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.AdminConfig;
import dev.tideline.sync.request.SigningSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A runtime's admin server on a free port, and somebody who has its token. */
final class Api implements AutoCloseable {

    static final String TOKEN = "test-token-4711";
    static final String CRON_SECRET = "test-cron-0815";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final AdminServer server;

    private Api(AdminServer server) {
        this.server = server;
    }

    /** What a request came to. */
    record Answer(int status, String type, String body, java.net.http.HttpHeaders headers) {
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException("no JSON: " + body, e);
            }
        }
    }

    static Api of(SyncRuntime runtime) {
        return of(
                runtime,
                new AdminConfig(ReservedPort.next(), "127.0.0.1", Optional.of(TOKEN), Optional.of(CRON_SECRET)));
    }

    static Api of(SyncRuntime runtime, AdminConfig config) {
        return of(runtime, config, Path.of("target", "no-token-is-kept-here"));
    }

    static Api of(SyncRuntime runtime, AdminConfig config, Path folder) {
        return new Api(AdminServer.start(runtime, config, Optional.of(folder)));
    }

    AdminServer server() {
        return server;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(30));
    }

    HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + TOKEN);
    }

    Answer get(String path) {
        return send(authorized(path).GET());
    }

    Answer post(String path, String body) {
        return send(authorized(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    Answer put(String path, String body) {
        return send(authorized(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body(),
                    response.headers());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        server.close();
    }

    static Api.Answer signed(Api api, String secret, String body) {
        Instant now = Instant.now();
        return api.send(api.request("/api/v1/sync-engine")
                .header("Content-Type", "application/json")
                .header(SigningSecrets.ID, "msg_1")
                .header(SigningSecrets.TIMESTAMP, String.valueOf(now.getEpochSecond()))
                .header(
                        SigningSecrets.SIGNATURE,
                        SigningSecrets.of(List.of(secret)).sign("msg_1", now, body.getBytes(StandardCharsets.UTF_8)))
                .POST(BodyPublishers.ofString(body)));
    }
}
