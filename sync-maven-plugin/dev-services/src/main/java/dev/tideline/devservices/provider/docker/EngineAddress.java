package dev.tideline.devservices.provider.docker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.Sha256;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The address of a Docker engine, and its source. Found without Docker's client, whose classes take longer to load than
 * an embedded Postgres takes to start.
 *
 * @param uri {@code unix://…}, {@code tcp://…} or {@code npipe://…}
 * @param origin where the address comes from, for people
 */
public record EngineAddress(URI uri, String origin) {

    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
    private static final int DEFAULT_TCP_PORT = 2375;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    /**
     * The engine that Docker's own tools would use: that of {@code DOCKER_HOST}, else of the current context, else the
     * first usual socket that something listens on, including those of rootless engines and of Docker Desktop.
     *
     * @param environment for {@code DOCKER_HOST}, {@code DOCKER_CONTEXT}, {@code DOCKER_CONFIG} and {@code
     *     XDG_RUNTIME_DIR}
     * @return its address; if nothing listens anywhere, the one where an engine is expected
     * @throws DevServicesException if services cannot be run at the address
     */
    public static EngineAddress find(Map<String, String> environment, Path home) {
        String host = environment.getOrDefault("DOCKER_HOST", "").strip();
        if (!host.isEmpty()) {
            return checked(host, "DOCKER_HOST");
        }
        Optional<EngineAddress> context = ofContext(environment, home);
        if (context.isPresent()) {
            return context.get();
        }
        List<EngineAddress> usual = usual(environment, home);
        return usual.stream().filter(EngineAddress::isListening).findFirst().orElse(usual.get(0));
    }

    /**
     * Whether anything listens there, not necessarily a working engine; false after two seconds without a connection.
     */
    public boolean isListening() {
        try {
            if (uri.getScheme().equals("unix")) {
                SocketAddress socket = UnixDomainSocketAddress.of(uri.getPath());
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    return channel.connect(socket);
                }
            }
            if (uri.getScheme().equals("npipe")) {
                return Files.exists(Path.of(uri.getPath().replace('/', '\\')));
            }
            try (Socket socket = new Socket()) {
                int port = uri.getPort() < 0 ? DEFAULT_TCP_PORT : uri.getPort();
                socket.connect(new InetSocketAddress(uri.getHost(), port), CONNECT_MILLIS);
                return true;
            }
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException nobody) {
            return false;
        }
    }

    public String inWords() {
        return uri + " (" + origin + ")";
    }

    private static List<EngineAddress> usual(Map<String, String> environment, Path home) {
        List<EngineAddress> places = new ArrayList<>();
        if (System.getProperty("os.name").startsWith("Windows")) {
            places.add(new EngineAddress(URI.create("npipe:////./pipe/docker_engine"), "the usual pipe"));
            return places;
        }
        places.add(new EngineAddress(URI.create("unix:///var/run/docker.sock"), "the usual socket"));
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isBlank()) {
            places.add(socket(Path.of(runtime, "docker.sock"), "a rootless engine's socket"));
        }
        userId().ifPresent(uid ->
                places.add(socket(Path.of("/run/user", uid, "docker.sock"), "a rootless engine's socket")));
        places.add(socket(home.resolve(".docker/run/docker.sock"), "Docker Desktop's socket"));
        places.add(socket(home.resolve(".docker/desktop/docker.sock"), "Docker Desktop's socket"));
        return places;
    }

    private static EngineAddress socket(Path path, String origin) {
        return new EngineAddress(URI.create("unix://" + path.toUri().getRawPath()), origin);
    }

    private static Optional<String> userId() {
        try {
            return Optional.of(String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException noProcFileSystem) {
            return Optional.empty();
        }
    }

    /** What {@code docker context use} has recorded. */
    private static Optional<EngineAddress> ofContext(Map<String, String> environment, Path home) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        Path config = folder.isBlank() ? home.resolve(".docker") : Path.of(folder);
        String given = environment.getOrDefault("DOCKER_CONTEXT", "").strip();
        Path settings = config.resolve("config.json");
        Optional<String> context = given.isEmpty() ? json(settings, "currentContext") : Optional.of(given);
        if (context.isEmpty() || context.get().isEmpty() || context.get().equals("default")) {
            return Optional.empty();
        }
        String origin = "Docker's context '" + context.get() + "'"
                + (given.isEmpty() ? " of " + settings : " of DOCKER_CONTEXT");
        Path meta = config.resolve("contexts/meta")
                .resolve(Sha256.of(context.get()))
                .resolve("meta.json");
        return Optional.of(checked(
                json(meta, "Host")
                        .orElseThrow(() -> new DevServicesException(origin + " has no address in " + meta
                                + ". Choose another context with `docker context use`, or set DOCKER_HOST.")),
                origin));
    }

    private static EngineAddress checked(String text, String origin) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw refused(text, origin, "is not an address", e);
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!Set.of("unix", "tcp", "npipe").contains(scheme)) {
            throw refused(text, origin, "is an address of a kind that is not supported", null);
        }
        if (scheme.equals("tcp") && !LOOPBACK.contains(String.valueOf(uri.getHost()))) {
            throw refused(
                    text,
                    origin,
                    "is another machine, and services are bound to the loopback address of the engine's machine",
                    null);
        }
        return new EngineAddress(uri, origin);
    }

    private static DevServicesException refused(String text, String origin, String why, Exception cause) {
        return new DevServicesException(
                "The Docker engine of " + origin + ", '" + text + "', " + why
                        + ". Give an engine of this machine, such as unix:///var/run/docker.sock, or use"
                        + " -Dtideline.provider=embedded.",
                cause);
    }

    /** The first value of a field at any depth. */
    private static Optional<String> json(Path file, String field) {
        try (JsonParser parser = new JsonFactory().createParser(Files.readString(file))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals(field)) {
                    return Optional.ofNullable(parser.nextTextValue());
                }
            }
            return Optional.empty();
        } catch (IOException absentOrNotJson) {
            return Optional.empty();
        }
    }
}
