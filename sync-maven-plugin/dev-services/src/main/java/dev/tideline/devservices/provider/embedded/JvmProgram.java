package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One of Tideline's own servers, as a program of its own. Implementations have no state. */
interface JvmProgram {

    /** The service that it gives. */
    ServiceType type();

    /** The artifact of Tideline that it comes in. */
    String artifactId();

    /** The class with {@code main}. */
    String mainClass();

    /** Names of the settings that it takes. */
    Set<String> settings();

    /**
     * Its heap.
     *
     * @param settings what is asked for
     * @return megabytes, enough for what its limits let it hold
     * @throws IllegalArgumentException if a setting has no sensible value; the message says which
     */
    int heapMegabytes(Map<String, String> settings);

    /**
     * The words of its command line.
     *
     * @param record its ports, and the folder for what it keeps
     * @param settings what is asked for
     */
    List<String> arguments(ServiceRecord record, Map<String, String> settings);

    /** Variables of its environment, beside those that every service has. */
    default Map<String, String> environment() {
        return Map.of();
    }
}
