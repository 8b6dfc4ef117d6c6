package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one kind of service is run as a container. Implementations have no state. The defaults suit a server that keeps
 * everything in memory.
 */
interface ServiceImage {

    /** Name of the image without a tag, for example {@code postgres}. */
    String repository();

    /** The tag if no version is requested. */
    String tag();

    /** Names in the port table, and the ports that the image listens on. */
    Map<String, Integer> ports();

    /** Environment that the image needs, before what the user adds. */
    default Map<String, String> environment(ServiceSpec spec) {
        return Map.of();
    }

    /** Arguments of the image's entry point; empty for the image's own. */
    default List<String> command(ServiceSpec spec, String token) {
        return List.of();
    }

    /** Folder inside the container where the volume with the service's data is mounted, if it keeps any. */
    default Optional<String> dataFolder() {
        return Optional.empty();
    }

    /** The signal that makes the container end quickly and cleanly; empty if killing it loses nothing. */
    default Optional<String> endSignal() {
        return Optional.empty();
    }

    /** Whether it is a database, with settings, databases, roles and scripts. */
    default boolean isDatabase() {
        return false;
    }

    /** The end of the message if a container has ended at its start; empty if the log is enough. */
    default String advice(List<String> log) {
        return "";
    }

    /** The image that a spec requests: its image, else ours in its version. */
    default String reference(ServiceSpec spec) {
        if (!spec.image().isBlank()) {
            return spec.image();
        }
        return repository() + ":" + (spec.version().isBlank() ? tag() : spec.version());
    }
}
