package dev.tideline.sync.target;

import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the table of external databases gives: rows that name one, and rows that do not. */
public record DirectoryRows(List<ListedRow> good, List<FaultyEntry> faults) {

    /** Looks at each row that names an external database. */
    @FunctionalInterface
    interface Observer {
        void row(ResultSet row) throws SQLException;
    }

    private record Name(String tenant, String name) {}

    /**
     * All enabled rows.
     *
     * @param table quoted
     * @param tenantColumns how many columns identify a tenant
     */
    public static DirectoryRows read(Connection source, String table, int tenantColumns) throws SQLException {
        return read(source, table, tenantColumns, "", "WHERE d.enabled", null, row -> {});
    }

    /** The same of all rows, enabled or not. */
    public static DirectoryRows readAll(Connection source, String table, int tenantColumns) throws SQLException {
        return read(source, table, tenantColumns, "", "", null, row -> {});
    }

    /** @param tenants what the condition's two parameters are; null if it has none */
    static DirectoryRows read(
            Connection source,
            String table,
            int tenantColumns,
            String columns,
            String where,
            List<String> tenants,
            Observer observer)
            throws SQLException {
        List<ListedRow> good = new ArrayList<>();
        List<FaultyEntry> faults = new ArrayList<>();
        Set<Name> names = new HashSet<>();
        Jdbc.list(
                source,
                "SELECT d.tenant::text, d.name::text, d.url::text" + columns + " FROM " + table + " d " + where
                        + " ORDER BY 1, 2, 3",
                row -> {
                    ListedRow listed = new ListedRow(row.getString(1), row.getString(2), row.getString(3));
                    Optional<String> problem = listed.problem(tenantColumns);
                    if (problem.isEmpty() && !names.add(new Name(listed.tenant(), listed.name()))) {
                        problem = Optional.of("the tenant has another one of this name, which is used");
                    }
                    if (problem.isEmpty()) {
                        good.add(listed);
                        observer.row(row);
                    } else {
                        faults.add(FaultyEntry.of(listed, problem.get()));
                    }
                    return listed;
                },
                tenants == null ? new Object[0] : new Object[] {tenants, tenants});
        return new DirectoryRows(List.copyOf(good), List.copyOf(faults));
    }
}
