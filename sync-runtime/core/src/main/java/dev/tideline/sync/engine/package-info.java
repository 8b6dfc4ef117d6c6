/**
 * The sync engine: carries out a tenant's request by fetching from the source and applying to each of the tenant's
 * external databases until they are caught up.
 */
package dev.tideline.sync.engine;
