package dev.tideline.maven.provider.docker;

import dev.tideline.maven.service.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one kind of service is run as a container. Implementations have no state. */
interface ServiceImage {

    /** Name of the image without a tag, for example {@code postgres}. */
    String repository();

    /** Tag that is used if no version is asked for. */
    String tag();

    /** Name of a port in the port table, and the port that the image listens on. */
    Map<String, Integer> ports();

    /** Environment that the image needs, before what the user adds. */
    Map<String, String> environment(ServiceSpec spec);

    /** Words that follow the image's entry point; empty for those of the image. */
    List<String> command(ServiceSpec spec, String token);

    /** Folder inside the container where the volume with the service's data is mounted, if it keeps any. */
    Optional<String> dataFolder();

    /** Seconds between asking the container to end and ending it; 0 if nothing is lost by ending it at once. */
    int secondsToEnd();

    /** Whether it is a database, with settings, databases, roles and scripts. */
    boolean isDatabase();

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
