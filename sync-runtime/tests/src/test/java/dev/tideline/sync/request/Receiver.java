package dev.tideline.sync.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;

/** Somebody else's server: verifies what comes, remembers it, and answers as the test says. */
final class Receiver implements AutoCloseable {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What came, once it was found to be signed. */
    record Received(String id, JsonNode body, String path, long timestamp) {}

    private final MockWebServer server = new MockWebServer();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private volatile SigningSecrets secrets = SigningSecrets.of(List.of(SECRET));
    private volatile Function<Received, MockResponse> answer = request -> status(200);

    Receiver() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return receive(request);
            }
        });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    private MockResponse receive(RecordedRequest request) {
        byte[] body =
                request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
        String id = request.getHeaders().get(SigningSecrets.ID);
        String timestamp = request.getHeaders().get(SigningSecrets.TIMESTAMP);
        String signature = request.getHeaders().get(SigningSecrets.SIGNATURE);
        var problem = secrets.refuse(id, timestamp, signature, body, Instant.now());
        if (problem.isPresent()) {
            refused.add(problem.get());
            return status(401);
        }
        try {
            Received one = new Received(id, JSON.readTree(body), request.getTarget(), Long.parseLong(timestamp));
            received.add(one);
            return answer.apply(one);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Receiver verifyingWith(String secret) {
        secrets = SigningSecrets.of(List.of(secret));
        return this;
    }

    Receiver answering(Function<Received, MockResponse> how) {
        answer = how;
        return this;
    }

    String url() {
        return server.url("/hook").toString();
    }

    /** All that came so far, in its order. */
    List<Received> all() {
        return List.copyOf(received);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Waits until at least so many have come. */
    List<Received> await(int count) {
        Awaitility.await(count + " requests")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> Assertions.assertThat(received)
                        .as("refused: %s", refused)
                        .hasSizeGreaterThanOrEqualTo(count));
        return all();
    }

    /** Waits until one like this has come. */
    void awaitBody(String what, Predicate<JsonNode> wanted) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> received.stream().map(Received::body).anyMatch(wanted));
    }

    @Override
    public void close() {
        server.close();
    }
}
