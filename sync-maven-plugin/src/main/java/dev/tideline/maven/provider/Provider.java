package dev.tideline.maven.provider;

import dev.tideline.maven.service.ServiceRecord;
import dev.tideline.maven.service.ServiceSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Runs services: as processes, as containers. Thread-safe: services are started in parallel. */
public interface Provider {

    /** @return the name that a user writes, for example {@code embedded} */
    String name();

    /**
     * Everything that may fail or take long before anything is started: downloading, looking at versions.
     *
     * @param spec what is asked for
     * @return the version that will run, and where its programs are
     */
    Prepared prepare(ServiceSpec spec);

    /**
     * Starts a service. Returns when its process runs and answers.
     *
     * @param record what was written down about it: token, ports, data, log
     * @param spec what is asked for
     * @param environment marks that the process is to carry in its environment
     * @param limit how long it may take
     * @return the record with the process
     */
    ServiceRecord start(ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit);

    /**
     * Whether the service of this record runs: pid, start time and token must all match.
     *
     * @param record what was written down
     * @return the record, completed if its starter died before it could note the process; empty if it does not run
     */
    Optional<ServiceRecord> find(ServiceRecord record);

    /**
     * Ends the service of this record, if it is that one, and waits until it is gone.
     *
     * @param record what was written down
     */
    void stop(ServiceRecord record);

    /** Loads the classes that {@link #stop} needs: it may be called when the plugin's class loader is closed already. */
    void preload();

    /**
     * What a provider found for a spec.
     *
     * @param version full version
     * @param home where the programs are; empty if not on disk
     */
    record Prepared(String version, String home) {

        /** @return where the programs are */
        public Path path() {
            return Path.of(home);
        }
    }
}
