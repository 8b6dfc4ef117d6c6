package dev.tideline.devservices.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.tideline.devservices.DevServicesException;
import dev.tideline.web.DaemonThreads;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Docker engine, connected to on the first question: simple requests go to its socket, all others through Docker's
 * client, which is only loaded for them. It is never closed: a shutdown hook may still need it, and its idle
 * connections end with the process. Thread-safe.
 */
final class DockerEngine {

    private static final ThreadFactory REQUESTS = DaemonThreads.named("tideline-docker-request");

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** Between two bytes of an answer: longer than a container may take to end. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    private static final int CONNECTIONS = 20;

    private static final String NOBODY = "nobody listens there";

    private final Supplier<EngineAddress> lookUp;

    /** Guarded by this. */
    private EngineAddress address;

    /** Guarded by this; set once. */
    private DockerClient client;

    /** Used by the client; written before it. */
    private volatile DockerHttpClient transport;

    DockerEngine(Supplier<EngineAddress> lookUp) {
        this.lookUp = lookUp;
    }

    synchronized EngineAddress address() {
        if (address == null) {
            address = lookUp.get();
        }
        return address;
    }

    /**
     * Runs a question with the client.
     *
     * @throws DockerException the engine's error
     * @throws EngineGoneException if it does not answer
     */
    <T> T ask(Function<DockerClient, T> question) {
        try {
            return question.apply(client());
        } catch (DockerException | DevServicesException answered) {
            throw answered;
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException) {
                    throw new EngineGoneException(address(), String.valueOf(cause.getMessage()), e);
                }
            }
            throw e;
        }
    }

    /**
     * Sends a request without a body.
     *
     * @param target path and query
     * @return the answer, whatever its status
     * @throws EngineGoneException if the engine does not answer
     */
    EngineAnswer request(String method, String target) {
        return request(method, target, SILENCE_LIMIT)
                .orElseThrow(() -> new EngineGoneException(
                        address(),
                        Thread.currentThread().isInterrupted()
                                ? "interrupted"
                                : "no answer within " + SILENCE_LIMIT.toSeconds() + " s",
                        null));
    }

    /**
     * The same with a limit.
     *
     * @return empty when the limit has passed or the thread was interrupted, whose flag stays set
     */
    Optional<EngineAnswer> request(String method, String target, Duration limit) {
        try {
            return Optional.of(
                    address().uri().getScheme().equals("unix")
                            ? new EngineSocket(Path.of(address().uri().getPath())).ask(method, target, limit)
                            : throughClient(method, target, limit));
        } catch (InterruptedIOException tooLateOrInterrupted) {
            return Optional.empty();
        } catch (IOException e) {
            String why = address().isListening() ? String.valueOf(e.getMessage()) : NOBODY;
            throw new EngineGoneException(address(), why, e);
        }
    }

    /** For pipes, and for connections with certificates. */
    private EngineAnswer throughClient(String method, String target, Duration limit) throws IOException {
        client();
        DockerHttpClient.Request request =
                DockerHttpClient.Request.builder().method(method).path(target).build();
        CompletableFuture<EngineAnswer> answer = CompletableFuture.supplyAsync(
                () -> {
                    try (DockerHttpClient.Response response = transport.execute(request)) {
                        return new EngineAnswer(
                                response.getStatusCode(), response.getBody().readAllBytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> REQUESTS.newThread(task).start());
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no complete answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private synchronized DockerClient client() {
        if (client == null) {
            if (!address().isListening()) {
                throw new EngineGoneException(address(), NOBODY, null);
            }
            DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                    .withDockerHost(address().uri().toString())
                    .build();
            transport = new ZerodepDockerHttpClient.Builder()
                    .dockerHost(config.getDockerHost())
                    .sslConfig(config.getSSLConfig())
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT_LIMIT)
                    .responseTimeout(SILENCE_LIMIT)
                    .build();
            client = DockerClientImpl.getInstance(config, transport);
        }
        return client;
    }
}
