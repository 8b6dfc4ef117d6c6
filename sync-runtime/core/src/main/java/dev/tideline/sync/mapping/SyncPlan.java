package dev.tideline.sync.mapping;

import dev.tideline.sync.config.SyncConfig;
import java.util.List;

/**
 * A configuration that fits the live source: everything the stages need to know of it.
 *
 * @param tenantsSql a SELECT that gives one row per tenant with one text column {@code tenant}, its id
 */
public record SyncPlan(SyncConfig config, String tenantsSql, List<Mapping> mappings) {

    public SyncPlan {
        mappings = List.copyOf(mappings);
    }
}
