package dev.tideline.sync.target;

import dev.tideline.sync.config.ExternalDatabasesConfig;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which external databases the tenants have now. Asks the source each time. Safe for use by many threads. */
public final class TargetDirectory {

    private static final String OF_TENANTS = "WHERE d.enabled AND d.tenant::text = ANY (CAST(? AS text[]))";

    private final SourceDatabase source;
    private final SyncPlan plan;
    private final ExternalDatabasesConfig config;

    public TargetDirectory(SourceDatabase source, SyncPlan plan) {
        this.source = source;
        this.plan = plan;
        this.config = plan.config().externalDatabases();
    }

    /** The enabled external databases of these tenants, in one query. */
    public List<ExternalDatabase> of(Collection<String> tenants) throws SQLException {
        if (config.table().isEmpty()) {
            return config.list().stream()
                    .filter(listed -> tenants.contains(listed.tenant()))
                    .map(TargetDirectory::listed)
                    .toList();
        }
        return query("", OF_TENANTS, this::read, List.copyOf(tenants));
    }

    /**
     * The enabled external databases of some tenants.
     *
     * @param paused labels of those that somebody paused
     */
    public record Listing(List<ExternalDatabase> all, Set<String> paused) {}

    /** The enabled external databases of these tenants, and which of them are paused, in one query. */
    public Listing listing(Collection<String> tenants) throws SQLException {
        if (config.table().isEmpty()) {
            return new Listing(of(tenants), paused());
        }
        Set<String> paused = new HashSet<>();
        String columns = ", EXISTS (SELECT 1 FROM tideline.fuse f"
                + " WHERE f.name = 'target:' || d.tenant::text || '/' || d.name::text AND NOT f.enabled)";
        List<ExternalDatabase> all = query(
                columns,
                OF_TENANTS,
                row -> {
                    ExternalDatabase database = read(row);
                    if (row.getBoolean(4)) {
                        paused.add(database.label());
                    }
                    return database;
                },
                List.copyOf(tenants));
        return new Listing(all, paused);
    }

    /** Names of the mappings that each of them has. */
    public List<String> mappings() {
        return plan.mappings().stream().map(Mapping::name).toList();
    }

    /** Labels of the external databases that somebody paused. */
    private Set<String> paused() throws SQLException {
        try (Connection connection = source.connection()) {
            return Set.copyOf(Jdbc.list(
                    connection,
                    "SELECT substr(name, 8) FROM tideline.fuse WHERE name LIKE 'target:%' AND NOT enabled",
                    row -> row.getString(1)));
        }
    }

    /** Every enabled external database. For start and status: as long as the list of them. */
    public List<ExternalDatabase> all() throws SQLException {
        return config.table().isEmpty()
                ? config.list().stream().map(TargetDirectory::listed).toList()
                : query("", "WHERE d.enabled", this::read);
    }

    /** Which of these tenants exist. */
    public Set<String> existing(Collection<String> tenants) throws SQLException {
        try (Connection connection = source.connection()) {
            return Set.copyOf(Jdbc.list(
                    connection,
                    "SELECT DISTINCT t.tenant FROM (" + plan.tenantsSql()
                            + "\n) t WHERE t.tenant = ANY (CAST(? AS text[]))",
                    row -> row.getString(1),
                    List.copyOf(tenants)));
        }
    }

    /** Where tenants stand, in words: {@code the table tenancy}. */
    public String tenantsAreIn() {
        return plan.config()
                .tenants()
                .table()
                .map(table -> "the table " + table)
                .orElse("what tenants.query gives");
    }

    /** Some of the tenants there are, at most 10,000: for telling which one was probably meant. */
    public List<String> someTenants() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.list(
                    connection,
                    "SELECT t.tenant FROM (" + plan.tenantsSql() + "\n) t ORDER BY 1 LIMIT 10000",
                    row -> row.getString(1));
        }
    }

    /** The tenants that have an enabled external database. */
    public Set<String> tenants() throws SQLException {
        return all().stream().map(ExternalDatabase::tenant).collect(Collectors.toUnmodifiableSet());
    }

    private ExternalDatabase read(ResultSet row) throws SQLException {
        return new ExternalDatabase(row.getString(1), row.getString(2), row.getString(3), config.grants());
    }

    private List<ExternalDatabase> query(
            String columns, String where, Jdbc.RowMapper<ExternalDatabase> mapper, Object... parameters)
            throws SQLException {
        String table = TableName.parse(config.table().orElseThrow()).sql();
        try (Connection connection = source.connection()) {
            return Jdbc.list(
                    connection,
                    "SELECT d.tenant::text, d.name::text, d.url::text" + columns + " FROM " + table + " d " + where
                            + " ORDER BY 1, 2",
                    mapper,
                    parameters);
        }
    }

    private static ExternalDatabase listed(ExternalDatabasesConfig.Listed listed) {
        return new ExternalDatabase(listed.tenant(), listed.name(), listed.url(), listed.grants());
    }
}
