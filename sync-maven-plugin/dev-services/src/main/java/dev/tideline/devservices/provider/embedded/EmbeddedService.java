package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How one kind of service is run as a process. The process must have the record's token on its command line. */
public interface EmbeddedService {

    /**
     * Gets the programs.
     *
     * @return version and place
     */
    Provider.Prepared prepare(ServiceSpec spec);

    /**
     * Starts the process and waits until it answers.
     *
     * @param environment marks for its environment
     * @param limit for the start
     * @return the record with the process
     */
    ServiceRecord start(ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit);

    /**
     * Ends the process and waits until it is gone.
     *
     * @param process verified to be the one of the record
     */
    void stop(ServiceRecord record, ProcessHandle process);

    /** Loads the classes that {@link #stop} needs. */
    void preload();

    /** The process of a record, if pid, start time and token match, or, as long as no pid is known, the token alone. */
    static Optional<ProcessHandle> process(ServiceRecord record) {
        return record.handle().isPresent()
                ? new ProcessIdentity(record.handle().getAsLong(), record.startedAt(), record.token()).find()
                : ProcessIdentity.withToken(record.token());
    }
}
