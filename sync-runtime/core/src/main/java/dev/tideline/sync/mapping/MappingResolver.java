package dev.tideline.sync.mapping;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.ConfigPath;
import dev.tideline.sync.config.MappingConfig;
import dev.tideline.sync.config.SyncConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a configuration against the live source. Reads only, locks no more than a SELECT without rows does, and needs
 * no installation.
 */
public final class MappingResolver {

    private MappingResolver() {}

    /**
     * Resolves a configuration.
     *
     * @param connection to the source, outside a transaction; left as it was
     * @throws ConfigException with everything that does not fit
     * @throws SQLException if the connection is lost
     */
    public static SyncPlan resolve(SyncConfig config, Connection connection) throws SQLException {
        Findings findings = new Findings(config.positions());
        try (SourceSession session = new SourceSession(connection)) {
            SourceCatalog catalog = new SourceCatalog(session.connection());
            SourceServer server = catalog.server();
            checkWritable(server, findings);
            TableLookup lookup = new TableLookup(catalog, findings, server.role());
            UserSql userSql = new UserSql(session, new QueryColumns(session, catalog.types()), findings);
            Optional<String> tenants = new TenantsResolver(lookup, userSql, findings).resolve(config.tenants());
            MappingReader reader = new MappingReader(lookup, userSql, catalog.types(), findings);
            List<Mapping> mappings = new ArrayList<>();
            for (MappingConfig mapping : config.mappings()) {
                reader.resolve(ConfigPath.of("mappings", mapping.name()), mapping)
                        .ifPresent(mappings::add);
            }
            if (config.externalDatabases().table().isPresent()) {
                new ExternalDatabasesTable(lookup, findings)
                        .check(config.externalDatabases().table().get());
            }
            if (!findings.none()) {
                throw new ConfigException(findings.all());
            }
            return new SyncPlan(config, tenants.orElseThrow(), mappings);
        }
    }

    private static void checkWritable(SourceServer server, Findings findings) {
        if (server.standby()) {
            findings.add(
                    "source.url",
                    "this server is a standby, where nothing can be installed",
                    "Name the primary server.");
        } else if (server.readOnly()) {
            findings.add(
                    "source.url",
                    "transactions of the role " + server.role() + " in the database " + server.database()
                            + " are read-only",
                    "Set default_transaction_read_only to off for them.");
        }
    }
}
