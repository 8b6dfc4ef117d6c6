package dev.tideline.sync.config;

import java.util.List;
import java.util.Optional;

/**
 * Where tenants are listed.
 *
 * @param table as written, {@code schema.table} or {@code table}; empty if {@code query} is given
 * @param query a complete SELECT; empty if {@code table} is given
 * @param key the column or columns that identify a tenant; never empty. See {@link TenantId}
 */
public record TenantsConfig(Optional<String> table, Optional<String> query, List<String> key) {

    public TenantsConfig {
        key = List.copyOf(key);
    }
}
