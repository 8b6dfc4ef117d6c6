package dev.tideline.devservices.provider.docker;

import dev.tideline.devservices.service.CustomService;
import dev.tideline.devservices.service.ReadyWhen;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceType;
import java.io.IOException;
import java.util.Optional;

/** Asks whether a service answers: the service itself and, if the user wants that, the engine. */
record ContainerProbe(Containers containers, ServiceType type) {

    /** The log is read only at the start, see {@link AwaitedLine}: later, an old line may have been dropped from it. */
    void ask(ServiceRecord record, String container) throws Exception {
        type.probe(record.address());
        if (type instanceof CustomService custom && custom.readyWhen().kind() == ReadyWhen.Kind.HEALTHY) {
            Optional<String> health = containers.find(container).flatMap(FoundContainer::health);
            if (!health.equals(Optional.of("healthy"))) {
                throw new IOException("its health check says " + health.orElse("nothing"));
            }
        }
    }
}
