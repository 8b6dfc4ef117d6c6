package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one kind of service is run as a container. Implementations have no state. What is not overridden is right for a server
 * that keeps everything in memory.
 */
interface ServiceImage {

    /** Name of the image without a tag, for example {@code postgres}. */
    String repository();

    /** Tag that is used if no version is asked for. */
    String tag();

    /** Name of a port in the port table, and the port that the image listens on. */
    Map<String, Integer> ports();

    /** Environment that the image needs, before what the user adds. */
    default Map<String, String> environment(ServiceSpec spec) {
        return Map.of();
    }

    /** Words that follow the image's entry point; empty for those of the image. */
    default List<String> command(ServiceSpec spec, String token) {
        return List.of();
    }

    /** Folder inside the container where the volume with the service's data is mounted, if it keeps any. */
    default Optional<String> dataFolder() {
        return Optional.empty();
    }

    /** The signal that asks the container to end quickly and cleanly; empty if nothing is lost by killing it. */
    default Optional<String> endSignal() {
        return Optional.empty();
    }

    /** Whether it is a database, with settings, databases, roles and scripts. */
    default boolean isDatabase() {
        return false;
    }

    /** The end of the message when a container has ended at its start; empty if the log says it all. */
    default String advice(List<String> log) {
        return "";
    }

    /** The image that a spec asks for: its image, else ours in its version. */
    default String reference(ServiceSpec spec) {
        if (!spec.image().isBlank()) {
            return spec.image();
        }
        return repository() + ":" + (spec.version().isBlank() ? tag() : spec.version());
    }
}
