package dev.tideline.sync.target;

import dev.tideline.sync.config.ExternalDatabasesConfig;
import dev.tideline.sync.config.TenantId;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tenants' current external databases. Reads the source each time; while their table cannot be read (it was renamed
 * or dropped, or a right is missing), the last known content is used. Safe for use by many threads.
 */
public final class TargetDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(TargetDirectory.class);

    /**
     * Compared twice: by the column's own collation, so that an index can be used, and byte by byte, as ids compare.
     */
    private static final String OF_TENANTS = "WHERE d.enabled AND d.tenant::text = ANY (CAST(? AS text[]))"
            + " AND d.tenant::text COLLATE pg_catalog.\"C\" = ANY (CAST(? AS text[]))";

    private static final String ENABLED = "WHERE d.enabled";

    private static final String IS_PAUSED = ", EXISTS (SELECT 1 FROM tideline.fuse f WHERE NOT f.enabled AND f.name ="
            + " 'target:' || d.tenant::text || '/' || " + TenantId.escapedSql("d.name::text") + ")";

    private static final int MOST_TOLD = 1_000;

    private final SourceDatabase source;
    private final SyncPlan plan;
    private final ExternalDatabasesConfig config;
    private final Set<FaultyEntry> told = new HashSet<>(); // guarded by the set itself
    private final LastKnown lastKnown;

    public TargetDirectory(SourceDatabase source, SyncPlan plan) {
        this.source = source;
        this.plan = plan;
        this.config = plan.config().externalDatabases();
        this.lastKnown = new LastKnown(config.table().orElse(""));
    }

    /** The enabled external databases of these tenants, in one query. */
    public List<ExternalDatabase> of(Collection<String> tenants) throws SQLException {
        if (config.table().isEmpty()) {
            return config.list().stream()
                    .filter(listed -> tenants.contains(listed.tenant()))
                    .map(TargetDirectory::listed)
                    .toList();
        }
        try {
            List<ExternalDatabase> of = databases("", OF_TENANTS, List.copyOf(tenants), row -> {});
            lastKnown.are(tenants, of);
            return of;
        } catch (SQLException e) {
            Map<String, List<ExternalDatabase>> known = lastKnown.of(tenants, e);
            if (!known.keySet().containsAll(tenants)) {
                throw e;
            }
            return known.values().stream().flatMap(List::stream).toList();
        }
    }

    /**
     * The enabled external databases of some tenants.
     *
     * @param paused labels of paused ones
     * @param unread tenants of which nothing is known, since their table cannot be read
     */
    public record Listing(List<ExternalDatabase> all, Set<String> paused, Set<String> unread) {}

    /** The enabled external databases of these tenants, and which of them are paused, in one query. */
    public Listing listing(Collection<String> tenants) throws SQLException {
        if (config.table().isEmpty()) {
            return new Listing(of(tenants), paused(), Set.of());
        }
        try {
            Set<String> paused = new HashSet<>();
            List<ExternalDatabase> all = databases(IS_PAUSED, OF_TENANTS, List.copyOf(tenants), row -> {
                if (row.getBoolean(4)) {
                    paused.add(ExternalDatabase.label(row.getString(1), row.getString(2)));
                }
            });
            lastKnown.are(tenants, all);
            return new Listing(all, paused, Set.of());
        } catch (SQLException e) {
            Map<String, List<ExternalDatabase>> known = lastKnown.of(tenants, e);
            Set<String> unread = new HashSet<>(tenants);
            unread.removeAll(known.keySet());
            return new Listing(known.values().stream().flatMap(List::stream).toList(), paused(), unread);
        }
    }

    /** Names of the mappings that each of them receives. */
    public List<String> mappings() {
        return plan.mappings().stream().map(Mapping::name).toList();
    }

    /** Labels of the paused external databases. */
    private Set<String> paused() throws SQLException {
        try (Connection connection = source.connection()) {
            return Set.copyOf(Jdbc.list(
                    connection,
                    "SELECT substr(name, 8) FROM tideline.fuse WHERE name LIKE 'target:%' AND NOT enabled",
                    row -> row.getString(1)));
        }
    }

    /** Every enabled external database. For start and status only: it reads the whole list. */
    public List<ExternalDatabase> all() throws SQLException {
        if (config.table().isEmpty()) {
            return config.list().stream().map(TargetDirectory::listed).toList();
        }
        try {
            List<ExternalDatabase> all = databases("", ENABLED, null, row -> {});
            lastKnown.areAll(all);
            return all;
        } catch (SQLException e) {
            return lastKnown.all(e);
        }
    }

    /** The invalid rows of the table, and why they are invalid. */
    public List<FaultyEntry> faults() throws SQLException {
        if (config.table().isEmpty()) {
            return List.of();
        }
        try (Connection connection = source.connection()) {
            return DirectoryRows.read(connection, table(), tenantColumns()).faults();
        }
    }

    /** Which of these tenants exist. */
    public Set<String> existing(Collection<String> tenants) throws SQLException {
        try (Connection connection = source.connection()) {
            String wanted = Sql.texts(
                    tenants.stream().filter(tenant -> tenant.indexOf('\0') < 0).toList());
            return Set.copyOf(Jdbc.listAsWritten(
                    connection,
                    "SELECT DISTINCT t.tenant COLLATE pg_catalog.\"C\" FROM (" + plan.tenantsSql()
                            + "\n) t WHERE t.tenant = ANY (" + wanted + ")"
                            + " AND t.tenant COLLATE pg_catalog.\"C\" = ANY (" + wanted + ")",
                    row -> row.getString(1)));
        }
    }

    /** Where tenants are listed, in words: {@code the table tenancy}. */
    public String tenantsAreIn() {
        return plan.config()
                .tenants()
                .table()
                .map(table -> "the table " + table)
                .orElse("what tenants.query gives");
    }

    /** Some of the existing tenants, at most 10,000, to suggest the one that was probably meant. */
    public List<String> someTenants() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.listAsWritten(
                    connection,
                    "SELECT t.tenant FROM (" + plan.tenantsSql() + "\n) t ORDER BY 1 LIMIT 10000",
                    row -> row.getString(1));
        }
    }

    /** The tenants that have an enabled external database. */
    public Set<String> tenants() throws SQLException {
        return all().stream().map(ExternalDatabase::tenant).collect(Collectors.toUnmodifiableSet());
    }

    /** Logs invalid rows; each once, unless there are many. */
    private void logInvalid(List<FaultyEntry> faults) {
        synchronized (told) {
            if (told.size() > MOST_TOLD) {
                told.clear();
            }
            for (FaultyEntry fault : faults) {
                if (told.add(fault)) {
                    LOG.warn("a row of {} is left out: {}", config.table().orElseThrow(), fault);
                }
            }
        }
    }

    private String table() {
        return TableName.parse(config.table().orElseThrow()).sql();
    }

    private int tenantColumns() {
        return plan.config().tenants().key().size();
    }

    /**
     * @param tenants value of the condition's parameter; null if it has none
     */
    private List<ExternalDatabase> databases(
            String columns, String where, List<String> tenants, DirectoryRows.Observer observer) throws SQLException {
        DirectoryRows rows;
        try (Connection connection = source.connection()) {
            rows = DirectoryRows.read(connection, table(), tenantColumns(), columns, where, tenants, observer);
        }
        logInvalid(rows.faults());
        return rows.good().stream()
                .map(row -> new ExternalDatabase(row.tenant(), row.name(), row.url(), config.grants()))
                .toList();
    }

    private static ExternalDatabase listed(ExternalDatabasesConfig.Listed listed) {
        return new ExternalDatabase(listed.tenant(), listed.name(), listed.url(), listed.grants());
    }
}
