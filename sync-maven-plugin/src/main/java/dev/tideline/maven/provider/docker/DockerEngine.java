package dev.tideline.maven.provider.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.tideline.maven.DevServicesException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Docker engine, connected to on the first question. It is never closed: a shutdown hook may still need it, and its idle
 * connections end with the process. Thread-safe.
 */
final class DockerEngine {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** Between two bytes of an answer: longer than a container gets to end. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    private static final int CONNECTIONS = 20;

    private final Supplier<EngineAddress> lookUp;

    /** Guarded by this. */
    private EngineAddress address;

    /** Guarded by this. */
    private DockerClient client;

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
     * Asks the engine something.
     *
     * @throws DockerException what the engine answered if it could not do it
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

    private synchronized DockerClient client() {
        if (client == null) {
            if (!address().isListening()) {
                throw new EngineGoneException(address(), "nobody listens there", null);
            }
            DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                    .withDockerHost(address().uri().toString())
                    .build();
            client = DockerClientImpl.getInstance(
                    config,
                    new ZerodepDockerHttpClient.Builder()
                            .dockerHost(config.getDockerHost())
                            .sslConfig(config.getSSLConfig())
                            .maxConnections(CONNECTIONS)
                            .connectionTimeout(CONNECT_LIMIT)
                            .responseTimeout(SILENCE_LIMIT)
                            .build());
        }
        return client;
    }
}
