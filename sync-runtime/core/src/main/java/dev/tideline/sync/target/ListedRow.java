package dev.tideline.sync.target;

import dev.tideline.sync.config.TenantId;
import java.util.Optional;

/**
 * A row of the table of external databases, of which each value may be NULL.
 *
 * @param url NULL, or whatever stands there
 */
public record ListedRow(String tenant, String name, String url) {

    /** How long a name may be: it stands in the keys of our tables, beside the tenant's id. */
    private static final int LONGEST_NAME = 200;

    /** What keeps it from being an external database; an address that cannot be read shows when it is opened. */
    Optional<String> problem(int tenantColumns) {
        if (tenant == null) {
            return Optional.of("its tenant is NULL");
        }
        if (name == null || name.isEmpty()) {
            return Optional.of("its name is " + (name == null ? "NULL" : "empty"));
        }
        if (name.length() > LONGEST_NAME) {
            return Optional.of(
                    "its name has " + name.length() + " characters, and at most " + LONGEST_NAME + " are possible");
        }
        if (url == null) {
            return Optional.of("its url is NULL");
        }
        return TenantId.problem(tenant, tenantColumns);
    }
}
