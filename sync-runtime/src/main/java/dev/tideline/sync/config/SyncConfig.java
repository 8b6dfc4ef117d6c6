package dev.tideline.sync.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One {@code tideline.yaml}, read and valid by form: no unknown keys, every required key present, every value of its
 * type and within its range. Immutable.
 *
 * @param file where it was read from, for messages; empty when it was built in code
 * @param mappings in the order of the file; never empty
 */
public record SyncConfig(
        Optional<Path> file,
        PostgresUrl source,
        TenantsConfig tenants,
        List<MappingConfig> mappings,
        ExternalDatabasesConfig externalDatabases,
        SequencerConfig sequencer,
        PollerConfig poller,
        ApplyConfig sync,
        List<WebhookConfig> webhooks,
        DispatchMode dispatch,
        AdminConfig admin) {

    public SyncConfig {
        mappings = List.copyOf(mappings);
        webhooks = List.copyOf(webhooks);
    }
}
