package dev.tideline.sync.target;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.TenantId;

/**
 * One external database of a tenant. Its URL is still text: whether it can be used shows when it is opened.
 *
 * @param name unique within the tenant
 */
public record ExternalDatabase(String tenant, String name, String url, Grants grants) {

    /** What it is paused and resumed by; of no two the same. */
    public String label() {
        return label(tenant, name);
    }

    /** The last {@code /} stands between the tenant and the name, in which one is written as {@code %2F}. */
    public static String label(String tenant, String name) {
        return tenant + "/" + TenantId.escaped(name);
    }

    /** What it is called in logs and errors. */
    @Override
    public String toString() {
        return Problem.printable(label());
    }
}
