package dev.tideline.sync.target;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.TenantId;

/**
 * One external database of a tenant. Its URL is still text: whether it is valid shows when it is opened.
 *
 * @param name unique within the tenant
 */
public record ExternalDatabase(String tenant, String name, String url, Grants grants) {

    /** The name by which it is paused and resumed; unique. */
    public String label() {
        return label(tenant, name);
    }

    /** The last {@code /} separates the tenant from the name, in which a {@code /} is written as {@code %2F}. */
    public static String label(String tenant, String name) {
        return tenant + "/" + TenantId.escaped(name);
    }

    /** Its name in logs and errors. */
    @Override
    public String toString() {
        return Problem.printable(label());
    }
}
