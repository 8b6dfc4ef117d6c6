package dev.tideline.sync.target;

import dev.tideline.sync.config.TenantId;
import java.util.Optional;

/**
 * A row of the table of external databases; each value may be NULL.
 *
 * @param url NULL, or whatever the row contains
 */
public record ListedRow(String tenant, String name, String url) {

    /** The longest name: it is part of keys in our tables, besides the tenant's id. */
    private static final int LONGEST_NAME = 200;

    /** Why the row is invalid, if it is; an invalid address shows when it is opened. */
    Optional<String> problem(int tenantColumns) {
        if (tenant == null) {
            return Optional.of("its tenant is NULL");
        }
        if (name == null || name.isEmpty()) {
            return Optional.of("its name is " + (name == null ? "NULL" : "empty"));
        }
        if (name.length() > LONGEST_NAME) {
            return Optional.of(
                    "its name has " + name.length() + " characters, and at most " + LONGEST_NAME + " are allowed");
        }
        if (url == null) {
            return Optional.of("its url is NULL");
        }
        return TenantId.problem(tenant, tenantColumns);
    }
}
