package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.service.ServiceSpec;
import java.time.Duration;
import java.util.List;

/**
 * Services to start for a user.
 *
 * @param services each once
 * @param limit for the start of each
 */
public record StartRequest(List<ServiceSpec> services, ServiceUser user, Duration limit) {

    public StartRequest {
        services = List.copyOf(services);
    }
}
