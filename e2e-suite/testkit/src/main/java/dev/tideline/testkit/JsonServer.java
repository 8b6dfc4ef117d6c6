package dev.tideline.testkit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiFunction;

/**
 * Queries a server that answers in JSON; an error, an unintelligible answer or none becomes a descriptive failure.
 * Thread-safe.
 *
 * @param name of the server, such as {@code mail server}
 * @param failure makes the exception from a message and a cause, which may be null
 */
record JsonServer(String name, BiFunction<String, Throwable, RuntimeException> failure) {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
    // Shared: its threads are daemons, and connections are kept between requests.
    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private static final int SHOWN_BODY = 200;

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static HttpRequest get(URI uri, Duration timeout) {
        return HttpRequest.newBuilder(uri).timeout(timeout).build();
    }

    JsonNode array(URI uri, Duration timeout) throws InterruptedException {
        JsonNode node = json(uri, answer(get(uri, timeout)));
        if (!node.isArray()) {
            throw unexpected(uri, "a JSON array", node.toString());
        }
        return node;
    }

    JsonNode array(URI uri, JsonNode object, String field) {
        if (!object.path(field).isArray()) {
            throw unexpected(uri, "a JSON object with an array '" + field + "'", object.toString());
        }
        return object.get(field);
    }

    JsonNode object(URI uri, Duration timeout) throws InterruptedException {
        JsonNode node = json(uri, answer(get(uri, timeout)));
        if (!node.isObject()) {
            throw unexpected(uri, "a JSON object", node.toString());
        }
        return node;
    }

    HttpResponse<byte[]> answer(HttpRequest request) throws InterruptedException {
        return accepted(send(request));
    }

    HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        String what = request.method() + " " + request.uri();
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            // No cause here or below: it has no message, or only repeats that time ran out.
            throw failure.apply(
                    "No " + name + " answers " + what
                            + ServiceHint.forPort(request.uri().getPort()),
                    null);
        } catch (HttpTimeoutException e) {
            throw failure.apply(
                    "The " + name + " did not answer " + what + " within "
                            + Shown.duration(request.timeout().orElseThrow()),
                    null);
        } catch (IOException e) {
            throw failure.apply("The " + name + " broke off its answer to " + what, e);
        }
    }

    HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw failure.apply(
                    "The " + name + " answered " + response.request().method() + " " + response.uri() + " with status "
                            + response.statusCode() + ": " + start(response),
                    null);
        }
        return response;
    }

    JsonNode json(URI uri, HttpResponse<byte[]> response) {
        try {
            JsonNode node = JSON.readTree(response.body());
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (IOException e) {
            // The message below quotes more of the answer than the parser's.
        }
        throw unexpected(uri, "JSON", start(response));
    }

    private RuntimeException unexpected(URI uri, String expected, String got) {
        return failure.apply("GET " + uri + " should give " + expected + " and gave: " + cut(got), null);
    }

    private static String start(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8).strip();
        return body.isEmpty() ? "(an empty body)" : cut(body);
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_BODY ? text : text.substring(0, SHOWN_BODY) + "…";
    }
}
