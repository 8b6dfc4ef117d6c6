package dev.tideline.sync.target;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;

/**
 * One external database of a tenant. Its URL is still text: whether it can be used shows when it is opened.
 *
 * @param name unique within the tenant
 */
public record ExternalDatabase(String tenant, String name, String url, Grants grants) {

    /** What it is called in logs and errors. */
    public String label() {
        return tenant + "/" + name;
    }

    @Override
    public String toString() {
        return label();
    }
}
