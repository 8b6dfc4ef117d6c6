package dev.tideline.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.Optional;

/** Inbucket's REST v1, and the wait that Tideline's server has beside it. Thread-safe. */
final class InbucketClient {
    private static final int SHOWN_BODY = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    // One for all mailboxes: its threads are daemons, and connections are kept between requests.
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI root;

    InbucketClient(URI root) {
        this.root = root;
    }

    JsonNode list(String mailbox, Duration timeout) throws InterruptedException {
        URI uri = mailbox(mailbox, "");
        return array(uri, json(uri, answer(get(uri, timeout))));
    }

    JsonNode message(String mailbox, String id, Duration timeout) throws InterruptedException {
        URI uri = mailbox(mailbox, "/" + encoded(id));
        JsonNode message = json(uri, answer(get(uri, timeout)));
        if (!message.isObject()) {
            throw unexpected(uri, "a JSON object", message.toString());
        }
        return message;
    }

    void purge(String mailbox, Duration timeout) throws InterruptedException {
        answer(HttpRequest.newBuilder(mailbox(mailbox, ""))
                .DELETE()
                .timeout(timeout)
                .build());
    }

    byte[] bytes(URI link, Duration timeout) throws InterruptedException {
        return answer(get(link, timeout)).body();
    }

    /**
     * Blocks until as many mails are there, or the time is over.
     *
     * @return the mails of this subject, whole; nothing if the server has no such wait
     */
    Optional<JsonNode> await(String mailbox, String subject, int count, String since, Duration wait, Duration timeout)
            throws InterruptedException {
        URI uri = mailbox(
                mailbox,
                "/wait?full=true&subject=" + encoded(subject) + "&count=" + count + "&timeout=" + wait.toMillis() + "ms"
                        + (since == null ? "" : "&since=" + encoded(since)));
        HttpResponse<byte[]> response = send(get(uri, timeout));
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        return Optional.of(array(uri, json(uri, accepted(response)).path("messages")));
    }

    private URI mailbox(String mailbox, String rest) {
        return URI.create(root.toString().replaceAll("/+$", "") + "/api/v1/mailbox/" + encoded(mailbox) + rest);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpRequest get(URI uri, Duration timeout) {
        return HttpRequest.newBuilder(uri).timeout(timeout).build();
    }

    private static HttpResponse<byte[]> answer(HttpRequest request) throws InterruptedException {
        return accepted(send(request));
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        String what = request.method() + " " + request.uri();
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (ConnectException e) {
            throw new MailServerException(
                    "No mail server answers " + what
                            + "; if it is the one of this workspace, 'mvn sync:start' starts it",
                    e);
        } catch (HttpTimeoutException e) {
            throw new MailServerException(
                    "The mail server did not answer " + what + " within "
                            + Shown.duration(request.timeout().orElseThrow()),
                    e);
        } catch (IOException e) {
            throw new MailServerException("The mail server broke off its answer to " + what, e);
        }
    }

    private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw new MailServerException("The mail server answered "
                    + response.request().method() + " " + response.uri() + " with status " + response.statusCode()
                    + ": "
                    + start(response));
        }
        return response;
    }

    private static JsonNode json(URI uri, HttpResponse<byte[]> response) {
        try {
            JsonNode node = JSON.readTree(response.body());
            if (node != null && !node.isMissingNode()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Falls through to the same words: the parser's own quote less of the answer than these do.
        } catch (IOException e) {
            throw new MailServerException("Cannot read the answer to GET " + uri, e);
        }
        throw unexpected(uri, "JSON", start(response));
    }

    private static JsonNode array(URI uri, JsonNode node) {
        if (!node.isArray()) {
            throw unexpected(uri, "a JSON array", node.toString());
        }
        return node;
    }

    private static MailServerException unexpected(URI uri, String expected, String got) {
        return new MailServerException("GET " + uri + " should give " + expected + " and gave: " + cut(got));
    }

    private static String start(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8).strip();
        return body.isEmpty() ? "(an empty body)" : cut(body);
    }

    private static String cut(String text) {
        return text.length() <= SHOWN_BODY ? text : text.substring(0, SHOWN_BODY) + "…";
    }
}
