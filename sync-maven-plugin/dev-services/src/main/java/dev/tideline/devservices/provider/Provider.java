package dev.tideline.devservices.provider;

import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs services: as processes, as containers. Thread-safe: services are started in parallel. */
public interface Provider {

    /** @return the name that a user writes, for example {@code embedded} */
    String name();

    /**
     * Who really runs a service: not every provider has every service.
     *
     * @param service name of the service
     * @return name of the provider that a record of this service carries
     */
    default String nameFor(String service) {
        return name();
    }

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
     * Asks a service that runs a real request, once.
     *
     * @param record what was written down
     * @param type what is known of it
     * @throws Exception why it did not answer as it should
     */
    default void probe(ServiceRecord record, ServiceType type) throws Exception {
        type.probe(record.address());
    }

    /**
     * Ends the service of this record, if it is that one, and waits until it is gone.
     *
     * @param record what was written down
     */
    void stop(ServiceRecord record);

    /**
     * Why {@link #find} does not find it, for people.
     *
     * @param record what was written down
     * @return for example "its process is gone"
     */
    default String absence(ServiceRecord record) {
        return "its process is gone";
    }

    /**
     * The log of a service that runs or ran.
     *
     * @param record what was written down
     * @return its log, which may be empty
     */
    default ServiceLog log(ServiceRecord record) {
        return new FileLog(new LogFile(record.log()));
    }

    /**
     * Where the data of a service is kept, if in a folder.
     *
     * @param service name of the service
     * @param usual the folder that the workspace has for it
     * @return that folder, or an empty path if the data is not kept in a folder
     */
    default Path dataFolder(String service, Path usual) {
        return usual;
    }

    /**
     * Tells data from data that was made anew in its place, for what does not lie in a folder.
     *
     * @param record a running service
     * @return empty if the folder's existence tells
     */
    default String dataIdentity(ServiceRecord record) {
        return "";
    }

    /**
     * Deletes what a stopped service kept elsewhere than in its folder.
     *
     * @param record the service
     */
    default void deleteData(ServiceRecord record) {}

    /**
     * Deletes whatever services of this workspace and prefix kept elsewhere than in their folders.
     *
     * @return false if that could not be looked up, because who keeps it does not answer
     */
    default boolean deleteAllData() {
        return true;
    }

    /**
     * Ends what killed builds of this workspace and prefix left and nobody has written down.
     *
     * @param known all records of the workspace and prefix
     * @param note told what was ended
     */
    default void sweep(List<ServiceRecord> known, Consumer<String> note) {}

    /** Loads the classes that {@link #stop} needs: it may be called when the plugin's class loader is closed already. */
    void preload();

    /**
     * What a provider found for a spec.
     *
     * @param version full version
     * @param home where the programs are; empty if not on disk
     */
    record Prepared(String version, String home) {}
}
