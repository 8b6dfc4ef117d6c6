package dev.tideline.devservices.provider.docker;

import com.github.dockerjava.api.exception.DockerException;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Finds, ends and reads single containers. */
record Containers(DockerEngine engine) {

    private static final Duration LOG_LIMIT = Duration.ofSeconds(10);

    /** Longer than the shutdown of a server with little to write. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

    /** Before each piece of a log: which stream, three empty bytes, and four with the length. */
    private static final int PIECE_HEAD = 8;

    /** A container by name or id, in any state. */
    Optional<FoundContainer> find(String nameOrId) {
        EngineAnswer answer = engine.request("GET", "/containers/" + nameOrId + "/json");
        return answer.isNotFound()
                ? Optional.empty()
                : Optional.of(FoundContainer.ofInspection(answer.orThrow().json()));
    }

    /** All containers with these labels, each {@code name=value}, in any state. */
    List<FoundContainer> labelled(List<String> labels) {
        String filter = labels.stream().map(Containers::quoted).collect(Collectors.joining(",", "{\"label\":[", "]}"));
        return list("?all=1&filters=" + URLEncoder.encode(filter, StandardCharsets.UTF_8));
    }

    /** The name of the container that has published a port of this machine. */
    Optional<String> publisherOf(int port) {
        return list("").stream()
                .filter(container -> container.published().contains(port))
                .map(FoundContainer::name)
                .findFirst();
    }

    /**
     * Signals a container to end, and waits until it has. The engine reports the end; polling would take longer than
     * the end itself.
     *
     * @param serving asked after a moment: a container that does not serve is not waited for. The shell of an image
     *     that is still creating its data ignores the signal, and would use up the whole limit
     */
    void end(String id, String signal, Duration limit, BooleanSupplier serving) {
        if (signal(id, signal) && !awaitEnd(id, FIRST_LOOK) && serving.getAsBoolean()) {
            awaitEnd(id, limit.minus(FIRST_LOOK));
        }
    }

    /**
     * Signals a container and does not wait.
     *
     * @return false if it did not run
     */
    boolean signal(String id, String signal) {
        EngineAnswer answer = engine.request("POST", "/containers/" + id + "/kill?signal=" + signal);
        return !answer.isNotFound() && !answer.isConflict() && !answer.orThrow().isError();
    }

    /**
     * Waits until a container has ended.
     *
     * @return whether it has; true also if it is gone
     */
    boolean awaitEnd(String id, Duration limit) {
        return engine.request("POST", "/containers/" + id + "/wait", limit).isPresent();
    }

    /** Deletes a container with its anonymous volumes; a running one is killed. */
    void remove(String id) {
        EngineAnswer answer = engine.request("DELETE", "/containers/" + id + "?force=1&v=1");
        // Gone or being removed by somebody else, as intended.
        if (!answer.isNotFound() && !answer.isConflict()) {
            answer.orThrow();
        }
    }

    /** The last lines that a container has written; empty if there is none. */
    List<String> tail(String id, int lines) {
        return tail(id, lines, false);
    }

    /** The same, optionally with the time at the beginning of each line. */
    List<String> tail(String id, int lines, boolean withTimes) {
        return engine.request(
                        "GET",
                        "/containers/" + id + "/logs?stdout=1&stderr=1&tail=" + lines + "&timestamps="
                                + (withTimes ? 1 : 0),
                        LOG_LIMIT)
                .filter(answer -> !answer.isError())
                .map(answer -> lines(answer.body()))
                .orElse(List.of());
    }

    /** The engine's message, without the JSON around it. */
    static String reason(DockerException e) {
        return EngineAnswer.reason(String.valueOf(e.getMessage()));
    }

    private List<FoundContainer> list(String query) {
        EngineAnswer answer = engine.request("GET", "/containers/json" + query).orThrow();
        return ((List<?>) answer.json()).stream().map(FoundContainer::ofListing).toList();
    }

    private static List<String> lines(byte[] pieces) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteBuffer rest = ByteBuffer.wrap(pieces);
        while (rest.remaining() >= PIECE_HEAD) {
            int length =
                    Math.min(rest.getInt(rest.position() + PIECE_HEAD - Integer.BYTES), rest.remaining() - PIECE_HEAD);
            text.write(pieces, rest.position() + PIECE_HEAD, length);
            rest.position(rest.position() + PIECE_HEAD + length);
        }
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
