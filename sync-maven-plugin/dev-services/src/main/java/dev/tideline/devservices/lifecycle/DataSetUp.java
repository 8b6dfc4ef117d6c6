package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;

/**
 * Prepares the data of services before and after their start, and records its progress, so that a killed start leaves
 * nothing that the next one considers complete. For services that keep data. Used by the threads of one start, each for
 * its own service.
 */
record DataSetUp(ServiceData data, Provider provider, Progress progress) {

    /**
     * Called before a start. A build that is killed while data is created leaves half of it: no cluster, or only some
     * of the init scripts' tables. So the creation is recorded at its beginning, and what was begun and not completed
     * is deleted. Data that existed before is never deleted.
     */
    void begin(ServiceRecord planned) {
        if (data.isUnfinished(planned)) {
            progress.note("The data of " + planned.service()
                    + " is created again, because the start that was creating it did not finish.");
            provider.deleteData(planned);
            data.delete(planned);
        }
        if (!data.hasFolder(planned) && provider.dataIdentity(planned).isEmpty()) {
            data.markUnfinished(planned);
        }
    }

    /**
     * Called after the service has answered. If scripts fail on fresh data, the service is stopped and the data
     * deleted.
     */
    void complete(ServiceType type, ServiceSpec spec, ServiceRecord running) {
        String identity = provider.dataIdentity(running);
        if (data.isFurnished(running, identity)) {
            progress.waiting(spec.name(), "sets up roles and databases");
            bringUpToDate(type, spec, running);
            return;
        }
        progress.waiting(spec.name(), "sets up fresh data");
        try {
            DataOrigin origin = DataOrigin.of(spec);
            type.furnish(running.address(), spec, true);
            data.noteOrigin(running, origin);
        } catch (DevServicesException e) {
            // Half of the scripts have run: the next start must find no data instead.
            provider.stop(running);
            provider.deleteData(running);
            data.delete(running);
            throw e;
        }
        data.markFurnished(running, identity);
    }

    /** For existing data: applies what can be applied later, and warns about the rest. */
    void bringUpToDate(ServiceType type, ServiceSpec spec, ServiceRecord running) {
        type.furnish(running.address(), spec, false);
        data.origin(running).ifPresent(origin -> {
            DataOrigin wanted = DataOrigin.of(spec);
            origin.unmet(wanted)
                    .ifPresent(unmet -> progress.warning("Service " + spec.name() + ": " + unmet
                            + " since its data was created, which does not change that data. To create it again, run"
                            + " `mvn sync:clean`, which deletes the data of all services of this workspace, and start"
                            + " again."));
            data.noteOrigin(running, origin.with(wanted));
        });
    }
}
