package dev.tideline.sync.cli;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.MappingConfig;
import dev.tideline.sync.config.NearestName;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.target.DirectoryRows;
import dev.tideline.sync.target.ExternalDatabase;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks names that somebody typed against the existing ones. */
final class KnownNames {

    /** The most tenants that a mistyped one is compared with. */
    private static final String SOME = " ORDER BY 1 LIMIT 10000";

    private final SyncConfig config;
    private final Connection source;
    private final List<String> unknown = new ArrayList<>();

    /** @param source in autocommit mode */
    KnownNames(SyncConfig config, Connection source) {
        this.config = config;
        this.source = source;
    }

    /** A tenant's id. Not checked if the configuration does not fit the source, so that tenants are unknown. */
    KnownNames tenant(String id) throws SQLException {
        if (id == null) {
            return this;
        }
        Optional<String> tenants = tenantsSql();
        if (tenants.isPresent()) {
            String all = "SELECT t.tenant COLLATE pg_catalog.\"C\" FROM (" + tenants.get() + "\n) t";
            if (Jdbc.listAsWritten(source, all + " WHERE t.tenant = " + Sql.literal(id), row -> row.getString(1))
                    .stream()
                    .noneMatch(id::equals)) {
                add("tenant", id, Jdbc.listAsWritten(source, all + SOME, row -> row.getString(1)));
            }
        }
        return this;
    }

    private Optional<String> tenantsSql() throws SQLException {
        try {
            return Optional.of(MappingResolver.resolve(config, source).tenantsSql());
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    /** A mapping's name in the file. */
    KnownNames mapping(String name) {
        return check(
                "mapping",
                name,
                config.mappings().stream().map(MappingConfig::name).toList());
    }

    /** An external database's name, of any tenant. */
    KnownNames target(String name) throws SQLException {
        return name == null
                ? this
                : check(
                        "external database",
                        name,
                        targets().stream()
                                .map(ExternalDatabase::name)
                                .distinct()
                                .toList());
    }

    /** An external database as {@code <tenant>/<name>}. */
    KnownNames label(String label) throws SQLException {
        return check(
                "external database",
                label,
                targets().stream().map(ExternalDatabase::label).toList());
    }

    private List<ExternalDatabase> targets() throws SQLException {
        Optional<String> table = config.externalDatabases().table();
        return table.isEmpty()
                ? config.externalDatabases().list().stream()
                        .map(listed ->
                                new ExternalDatabase(listed.tenant(), listed.name(), listed.url(), listed.grants()))
                        .toList()
                : DirectoryRows.readAll(
                                source,
                                TableName.parse(table.get()).sql(),
                                config.tenants().key().size())
                        .good()
                        .stream()
                        .map(row -> new ExternalDatabase(
                                row.tenant(),
                                row.name(),
                                row.url(),
                                config.externalDatabases().grants()))
                        .toList();
    }

    private KnownNames check(String what, String name, List<String> existing) {
        if (name != null && !existing.contains(name)) {
            add(what, name, existing);
        }
        return this;
    }

    private void add(String what, String name, List<String> existing) {
        unknown.add("There is no " + what + " \"" + name + "\". " + NearestName.hint(name, existing));
    }

    /** Reports the unknown names, one per line. @return whether there were any */
    boolean anyUnknown(PrintWriter err) {
        unknown.forEach(err::println);
        return !unknown.isEmpty();
    }
}
