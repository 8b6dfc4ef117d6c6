package dev.tideline.sync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds a {@link SyncConfig} in code. The defaults are those of the file; tenants, at least one mapping and the
 * external databases are required. Not thread-safe.
 */
public final class SyncConfigBuilder {

    private final PostgresUrl source;
    private final List<MappingConfig> mappings = new ArrayList<>();
    private final List<WebhookConfig> webhooks = new ArrayList<>();
    private final List<AlertConfig> alerts = new ArrayList<>();
    private final List<ExternalDatabasesConfig.Listed> listed = new ArrayList<>();
    private TenantsConfig tenants = new TenantsConfig(Optional.empty(), Optional.empty(), List.of());
    private Optional<String> externalTable = Optional.empty();
    private boolean allowPrivate = true;
    private ExternalDatabasesConfig.Grants grants = ExternalDatabasesConfig.Grants.PUBLIC_READ;
    private SequencerConfig sequencer = SequencerConfig.DEFAULT;
    private PollerConfig poller = PollerConfig.DEFAULT;
    private ApplyConfig sync = ApplyConfig.DEFAULT;
    private RequestsConfig requests = RequestsConfig.DEFAULT;
    private DispatchMode dispatch = DispatchMode.DIRECT;
    private Optional<String> dispatchUrl = Optional.empty();
    private Optional<AdminConfig> admin = Optional.empty();

    SyncConfigBuilder(PostgresUrl source) {
        this.source = source;
    }

    /** Tenants are the rows of a table, identified by these columns. */
    public SyncConfigBuilder tenantsTable(String table, String... key) {
        tenants = new TenantsConfig(Optional.of(table), Optional.empty(), List.of(key));
        return this;
    }

    /** Tenants are the rows of a query, identified by these of its columns. */
    public SyncConfigBuilder tenantsQuery(String query, String... key) {
        tenants = new TenantsConfig(Optional.empty(), Optional.of(query), List.of(key));
        return this;
    }

    /** Adds a mapping. */
    public SyncConfigBuilder mapping(MappingConfig mapping) {
        mappings.add(mapping);
        return this;
    }

    /** External databases are the rows of this table of the source. */
    public SyncConfigBuilder externalDatabasesTable(String table) {
        externalTable = Optional.of(table);
        return this;
    }

    /** Adds an external database to the list. */
    public SyncConfigBuilder externalDatabase(String tenant, String name, String url) {
        listed.add(new ExternalDatabasesConfig.Listed(tenant, name, url, grants));
        return this;
    }

    /** Whether targets may have loopback and private addresses; default true. */
    public SyncConfigBuilder allowPrivate(boolean allowed) {
        allowPrivate = allowed;
        return this;
    }

    /** Who may read target tables, for the external databases of the table and those added from now on. */
    public SyncConfigBuilder grants(ExternalDatabasesConfig.Grants readers) {
        grants = readers;
        return this;
    }

    /** The pace of the sequencer. */
    public SyncConfigBuilder sequencer(SequencerConfig pace) {
        sequencer = pace;
        return this;
    }

    /** The pace of the poller. */
    public SyncConfigBuilder poller(PollerConfig pace) {
        poller = pace;
        return this;
    }

    /** The engine that fetches and applies. */
    public SyncConfigBuilder sync(ApplyConfig engine) {
        sync = engine;
        return this;
    }

    /** Adds a webhook. */
    public SyncConfigBuilder webhook(WebhookConfig webhook) {
        webhooks.add(webhook);
        return this;
    }

    /** Adds a receiver of alerts. */
    public SyncConfigBuilder alert(AlertConfig alert) {
        alerts.add(alert);
        return this;
    }

    /** How requests are sent. */
    public SyncConfigBuilder requests(RequestsConfig config) {
        requests = config;
        return this;
    }

    /** Where {@link DispatchMode#HTTP} sends requests; default: this runtime's own admin port. */
    public SyncConfigBuilder dispatchUrl(String url) {
        dispatchUrl = Optional.of(url);
        return this;
    }

    /** How requests reach the sync engine; default {@link DispatchMode#DIRECT}. */
    public SyncConfigBuilder dispatch(DispatchMode mode) {
        dispatch = mode;
        return this;
    }

    /** The admin port; default 127.0.0.1, prefix + 01, a generated token, no cron secret. */
    public SyncConfigBuilder admin(AdminConfig config) {
        admin = Optional.of(config);
        return this;
    }

    /**
     * The finished configuration.
     *
     * @throws ConfigException with everything that is missing or does not fit
     */
    public SyncConfig build() {
        return new SyncConfig(
                Optional.empty(),
                source,
                tenants,
                mappings,
                new ExternalDatabasesConfig(externalTable, listed, allowPrivate, grants),
                sequencer,
                poller,
                sync,
                webhooks,
                alerts,
                requests,
                dispatch,
                dispatchUrl,
                admin.orElseGet(AdminConfig::byDefault),
                Positions.NONE);
    }
}
