package dev.tideline.sync.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry below {@code mappings}, names as written.
 *
 * @param name the mapping's name, unique in the file
 * @param table the root table, {@code schema.table} or {@code table}
 * @param tenant the root table's column or columns that hold the tenant, in the order of {@link TenantsConfig#key()}
 * @param key the root table's key columns
 * @param target the table in the external database, {@code schema.table} or {@code table}; default the mapping's name
 * @param select SQL over the root row, alias {@code r}; empty for all columns
 * @param where a condition on {@code r}; empty for all rows
 * @param dependsOn other tables whose changes make root rows stale; empty by default
 */
public record MappingConfig(
        String name,
        String table,
        List<String> tenant,
        List<String> key,
        String target,
        Optional<String> select,
        Optional<String> where,
        List<DependencyConfig> dependsOn) {

    public MappingConfig {
        tenant = List.copyOf(tenant);
        key = List.copyOf(key);
        dependsOn = List.copyOf(dependsOn);
    }

    /**
     * Another table whose changes make root rows stale.
     *
     * @param key root column to their column, in the order of the file; never empty
     */
    public record DependencyConfig(String table, Map<String, String> key) {

        public DependencyConfig {
            key = Collections.unmodifiableMap(new LinkedHashMap<>(key));
        }
    }
}
