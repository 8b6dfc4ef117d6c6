package dev.tideline.sync.mapping;

import dev.tideline.sync.config.SyncConfig;
import java.util.List;

/**
 * A configuration that fits the live source: everything that the stages need to know of it.
 *
 * @param tenantsSql a SELECT that returns one row per tenant with its id in one text column {@code tenant}
 */
public record SyncPlan(SyncConfig config, String tenantsSql, List<Mapping> mappings) {

    public SyncPlan {
        mappings = List.copyOf(mappings);
    }
}
