package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One of Tideline's own servers, as a separate program. Implementations have no state. */
interface JvmProgram {

    ServiceType type();

    String artifactId();

    String mainClass();

    Set<String> settings();

    /**
     * Megabytes of heap, enough for what its limits let it hold.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message says which
     */
    int heapMegabytes(Map<String, String> settings);

    /** Its arguments. */
    List<String> arguments(ServiceRecord record, Map<String, String> settings);

    /** Additional environment variables. */
    default Map<String, String> environment() {
        return Map.of();
    }
}
