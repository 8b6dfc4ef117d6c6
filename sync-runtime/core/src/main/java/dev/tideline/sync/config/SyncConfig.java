package dev.tideline.sync.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One valid {@code tideline.yaml}: no unknown keys, every required key present, every value of its type and within its
 * range, and no contradictions. Immutable.
 *
 * @param file it was read from; empty if it was built in code
 * @param mappings in the order of the file; never empty
 * @param dispatchUrl where {@code dispatch: http} sends requests; empty: this runtime's own admin port
 * @param positions of the keys in the file, for messages; {@link Positions#NONE} if it was built in code
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
        List<AlertConfig> alerts,
        RequestsConfig requests,
        DispatchMode dispatch,
        Optional<String> dispatchUrl,
        AdminConfig admin,
        Positions positions) {

    /**
     * Checks that the parts fit each other.
     *
     * @throws ConfigException with everything that does not
     */
    public SyncConfig {
        mappings = List.copyOf(mappings);
        webhooks = List.copyOf(webhooks);
        alerts = List.copyOf(alerts);
        List<Problem> problems = new Consistency(positions)
                .check(
                        Optional.of(source),
                        tenants,
                        mappings,
                        externalDatabases,
                        webhooks,
                        alerts,
                        requests,
                        dispatchUrl);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    /** Where {@link DispatchMode#HTTP} sends requests. */
    public String syncEngineUrl() {
        return dispatchUrl.orElseGet(() -> {
            boolean all = admin.bind().equals("0.0.0.0") || admin.bind().equals("::");
            String host = all ? "127.0.0.1" : admin.bind().contains(":") ? "[" + admin.bind() + "]" : admin.bind();
            return "http://" + host + ":" + admin.port() + "/api/v1/sync-engine";
        });
    }

    /**
     * Starts a configuration in code, with all defaults.
     *
     * @param source {@code postgres://user:password@host:port/database}
     * @throws ConfigException if the address is invalid
     */
    public static SyncConfigBuilder builder(String source) {
        return new SyncConfigBuilder(PostgresUrl.parse(source));
    }
}
