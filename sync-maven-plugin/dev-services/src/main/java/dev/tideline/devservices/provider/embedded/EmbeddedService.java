package dev.tideline.devservices.provider.embedded;

import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How one kind of service is run as a process. The process must carry the record's token on its command line. */
public interface EmbeddedService {

    /**
     * Gets the programs.
     *
     * @param spec what is asked for
     * @return version and place
     */
    Provider.Prepared prepare(ServiceSpec spec);

    /**
     * Starts the process and waits until it answers.
     *
     * @param record what was written down about it
     * @param spec what is asked for
     * @param environment marks for its environment
     * @param limit how long it may take
     * @return the record with the process
     */
    ServiceRecord start(ServiceRecord record, ServiceSpec spec, Map<String, String> environment, Duration limit);

    /**
     * Ends the process and waits until it is gone.
     *
     * @param record what was written down about it
     * @param process the process, known to be the one
     */
    void stop(ServiceRecord record, ProcessHandle process);

    /** Loads the classes that {@link #stop} needs. */
    void preload();

    /**
     * The process of a record.
     *
     * @param record what was written down
     * @return the process, if pid, start time and token match, or, as long as no pid is known, the token alone
     */
    static Optional<ProcessHandle> process(ServiceRecord record) {
        return record.handle().isPresent()
                ? new ProcessIdentity(record.handle().getAsLong(), record.startedAt(), record.token()).find()
                : ProcessIdentity.withToken(record.token());
    }
}
