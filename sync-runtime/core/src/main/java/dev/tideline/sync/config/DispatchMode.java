package dev.tideline.sync.config;

/** How the poller hands a tenant's request to the sync engine. */
public enum DispatchMode {
    /** In this process. The default. */
    DIRECT,
    /** As a signed POST to the {@code /api/v1/sync-engine} endpoint of some runtime. */
    HTTP
}
