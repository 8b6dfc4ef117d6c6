package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.service.ServiceSpec;
import java.time.Duration;
import java.util.List;

/**
 * What is to be started, for whom.
 *
 * @param services the services, each once
 * @param user who needs them
 * @param limit how long the start of each may take
 */
public record StartRequest(List<ServiceSpec> services, ServiceUser user, Duration limit) {

    /** Copies the list. */
    public StartRequest {
        services = List.copyOf(services);
    }
}
