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

/** The rows of the table of external databases: valid and invalid ones. */
public record DirectoryRows(List<ListedRow> good, List<FaultyEntry> faults) {

    /** Sees each valid row. */
    @FunctionalInterface
    interface Observer {
        void row(ResultSet row) throws SQLException;
    }

    private record Name(String tenant, String name) {}

    /**
     * All enabled rows.
     *
     * @param table quoted
     * @param tenantColumns number of columns that identify a tenant
     */
    public static DirectoryRows read(Connection source, String table, int tenantColumns) throws SQLException {
        return read(source, table, tenantColumns, "", "WHERE d.enabled", null, row -> {});
    }

    /** All rows, enabled or not. */
    public static DirectoryRows readAll(Connection source, String table, int tenantColumns) throws SQLException {
        return read(source, table, tenantColumns, "", "", null, row -> {});
    }

    /**
     * @param tenants value of the condition's two parameters; null if it has none
     */
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
                        problem = Optional.of("the tenant has another database of this name, which is used");
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
