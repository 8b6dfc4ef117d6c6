package dev.tideline.maven.provider.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerPort;
import com.github.dockerjava.api.model.Frame;
import dev.tideline.maven.loop.Poll;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finding, ending and reading single containers. */
record Containers(DockerEngine engine) {

    private static final int LOG_LIMIT_SECONDS = 10;

    /** Longer than a server takes to end that has little to write. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** A container by name or id, in whatever state it is. */
    Optional<InspectContainerResponse> find(String nameOrId) {
        return engine.ask(client -> {
            try {
                return Optional.of(client.inspectContainerCmd(nameOrId).exec());
            } catch (NotFoundException absent) {
                return Optional.empty();
            }
        });
    }

    /** All containers that carry these labels, each {@code name=value}, in whatever state. */
    List<Container> labelled(List<String> labels) {
        return engine.ask(client -> client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(labels)
                .exec());
    }

    /** The name of the container that has published a port of this machine. */
    Optional<String> publisherOf(int port) {
        return engine.ask(client -> client.listContainersCmd().exec()).stream()
                .filter(container -> Arrays.stream(container.getPorts())
                        .map(ContainerPort::getPublicPort)
                        .anyMatch(published -> published != null && published == port))
                .map(Containers::name)
                .findFirst();
    }

    static String name(Container container) {
        return container.getNames()[0].substring(1);
    }

    static boolean isRunning(InspectContainerResponse container) {
        return Boolean.TRUE.equals(container.getState().getRunning());
    }

    static Map<String, String> labels(InspectContainerResponse container) {
        Map<String, String> labels = container.getConfig().getLabels();
        return labels == null ? Map.of() : labels;
    }

    /**
     * Asks a container to end by a signal, and waits until it has ended.
     *
     * @param limit how long at most
     * @param serving asked after a moment, if it has not ended by then: what does not serve is not waited for. The shell of
     *     an image that still makes its data does not hear the signal, and would use up the whole limit
     */
    void end(String id, String signal, Duration limit, BooleanSupplier serving) {
        boolean asked = engine.ask(client -> {
            try {
                client.killContainerCmd(id).withSignal(signal).exec();
                return true;
            } catch (NotFoundException | ConflictException goneOrStopped) {
                return false;
            }
        });
        if (asked && !Poll.untilTrue(FIRST_LOOK, () -> hasEnded(id)) && serving.getAsBoolean()) {
            Poll.untilTrue(limit.minus(FIRST_LOOK), () -> hasEnded(id));
        }
    }

    private boolean hasEnded(String id) {
        return find(id).filter(Containers::isRunning).isEmpty();
    }

    /** Deletes a container with the volumes that have no name; one that runs is killed. */
    void remove(String id) {
        engine.ask(client -> {
            try {
                client.removeContainerCmd(id)
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec();
            } catch (NotFoundException | ConflictException goneOrBeingRemoved) {
                // By whomever.
            }
            return null;
        });
    }

    /** The last lines that a container has written; empty if there is none. */
    List<String> tail(String id, int lines) {
        return tail(id, lines, false);
    }

    /** The same, each line beginning with its time if that is wanted. */
    List<String> tail(String id, int lines, boolean withTimes) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ResultCallback.Adapter<Frame> collect = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                text.writeBytes(frame.getPayload());
            }

            /** A container that is gone has no log. */
            @Override
            public void onError(Throwable gone) {
                onComplete();
            }
        };
        try {
            engine.ask(client -> client.logContainerCmd(id)
                            .withStdOut(true)
                            .withStdErr(true)
                            .withTail(lines)
                            .withTimestamps(withTimes)
                            .exec(collect))
                    .awaitCompletion(LOG_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (NotFoundException gone) {
            return List.of();
        }
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What the engine said, without the JSON around it. */
    static String reason(DockerException e) {
        String text = String.valueOf(e.getMessage());
        Matcher message = MESSAGE.matcher(text);
        String said = message.find() ? message.group(1).replace("\\\"", "\"").replace("\\n", " ") : text;
        return said.replaceFirst("\\.$", "");
    }
}
