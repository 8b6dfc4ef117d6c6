package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.Provider;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.service.ServiceType;

/**
 * Brings the data of services to what is asked for, around their start, and keeps note of it so that a start which is killed
 * leaves nothing that the next one takes for complete. For services that keep data. Used by the threads of one start, each
 * for a service of its own.
 *
 * @param data the services' data
 * @param provider who runs them
 * @param progress told of what a person should know
 */
record DataSetUp(ServiceData data, Provider provider, Progress progress) {

    /**
     * Before a start. A build that is killed while data is made leaves half of it: no cluster, or some of the init scripts'
     * tables. So it is written down that data is being made, and what was begun then and not completed is deleted. Data that
     * was found is not ours to delete.
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

    /** After the service has answered. If scripts fail on fresh data, the service is stopped and the data deleted. */
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
            // Half of the scripts have run: the next start shall find nothing rather than that.
            provider.stop(running);
            provider.deleteData(running);
            data.delete(running);
            throw e;
        }
        data.markFurnished(running, identity);
    }

    /** For data that was there: what can be brought in later is, and a warning tells what cannot. */
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
