package dev.tideline.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.directory.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** Calls Directory's API with a key, without a user. Immutable. */
record KeyCaller(String url, Map<String, String> headers) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static KeyCaller operator(String url, String key) {
        return new KeyCaller(url, Map.of("X-Operator-Key", key));
    }

    /** The same API with a tenant's key. */
    KeyCaller of(String tenant, String key) {
        return new KeyCaller(url, Map.of("X-Tenant-Id", tenant, "X-Api-Key", key));
    }

    String key() {
        return headers.get("X-Api-Key");
    }

    /**
     * Calls a path.
     *
     * @return null if the answer has no body
     * @throws IllegalStateException for an error
     */
    JsonNode call(String method, String path, Map<String, Object> body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(Json.MAPPER.writeValueAsBytes(body)));
            headers.forEach(request::header);
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                throw new IllegalStateException(
                        method + " " + path + " got " + response.statusCode() + ": " + response.body());
            }
            return response.body().isEmpty() ? null : Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + url + path + " was interrupted", e);
        }
    }
}
