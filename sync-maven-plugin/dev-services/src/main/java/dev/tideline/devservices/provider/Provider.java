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

/** Runs services, as processes or containers. Thread-safe: services are started in parallel. */
public interface Provider {

    /** The name that a user writes, for example {@code embedded}. */
    String name();

    /** The provider that really runs a service, as recorded: not every provider has every service. */
    default String nameFor(String service) {
        return name();
    }

    /**
     * Does everything that may fail or take long before anything is started: downloads, checks of versions.
     *
     * @return the version that will run, and where its programs are
     */
    Prepared prepare(ServiceSpec spec);

    /**
     * Starts a service. Returns when its process runs and answers.
     *
     * @param record token, ports, data, log
     * @param environment marks for the environment of the process
     * @param limit for the start
     * @return the record with the process
     */
    ServiceRecord start(ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit);

    /**
     * The service of this record, if it runs: pid, start time and token must all match.
     *
     * @return the record, completed if its starter died before it could record the process; empty if it does not run
     */
    Optional<ServiceRecord> find(ServiceRecord record);

    /**
     * Sends a real request to a running service, once.
     *
     * @throws Exception why it did not answer as it should
     */
    default void probe(ServiceRecord record, ServiceType type) throws Exception {
        type.probe(record.address());
    }

    /** Ends exactly the service of this record, and waits until it is gone. */
    void stop(ServiceRecord record);

    /** Why {@link #find} does not find it, for people, for example "its process is gone". */
    default String absence(ServiceRecord record) {
        return "its process is gone";
    }

    /** The log of a service that runs or ran; may be empty. */
    default ServiceLog log(ServiceRecord record) {
        return new FileLog(new LogFile(record.log()));
    }

    /**
     * The folder of a service's data.
     *
     * @param usual the folder that the workspace has for it
     * @return that folder, or an empty path if the data is not kept in a folder
     */
    default Path dataFolder(String service, Path usual) {
        return usual;
    }

    /**
     * Distinguishes a service's data from data created later in its place, for data outside of folders.
     *
     * @return empty if the folder's existence is enough
     */
    default String dataIdentity(ServiceRecord record) {
        return "";
    }

    /** Deletes what a stopped service kept outside its folder. */
    default void deleteData(ServiceRecord record) {}

    /**
     * Deletes whatever services of this workspace and prefix kept outside their folders.
     *
     * @return false if that is unknown, because the engine that keeps it does not answer
     */
    default boolean deleteAllData() {
        return true;
    }

    /**
     * Ends services of this workspace and prefix that killed builds left without a record.
     *
     * @param known all records of the workspace and prefix
     * @param note receives what was ended
     */
    default void sweep(List<ServiceRecord> known, Consumer<String> note) {}

    /**
     * Loads the classes that {@link #stop} needs: it may be called when the plugin's class loader is closed already.
     */
    void preload();

    /**
     * What a provider found for a spec.
     *
     * @param version full version
     * @param home folder of the programs; empty if not on disk
     */
    record Prepared(String version, String home) {}
}
