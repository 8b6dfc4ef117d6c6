package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Mapping;

/**
 * What to compare.
 *
 * @param tenant the tenant's id as text
 * @param flow of changes between the two; {@link Flow#NONE} if nothing is installed
 */
public record Comparison(Mapping mapping, String tenant, Connections source, Connections target, Flow flow) {}
