package dev.tideline.sync.mapping;

import java.util.List;
import java.util.Optional;

/**
 * A mapping resolved against the live source.
 *
 * @param tenant columns of the root table that hold the tenant
 * @param key columns of the root table, unique together and not nullable
 * @param columns of a target row, including the key columns, in the order of the select or the table
 * @param select SQL over the root row; empty for all columns of the root table
 */
public record Mapping(
        String name,
        TableName table,
        List<Column> tenant,
        List<Column> key,
        TableName target,
        List<Column> columns,
        Optional<String> select,
        Optional<String> where,
        List<Dependency> dependencies) {

    public Mapping {
        tenant = List.copyOf(tenant);
        key = List.copyOf(key);
        columns = List.copyOf(columns);
        dependencies = List.copyOf(dependencies);
    }

    /** The {@code select} as a query whose tables and columns the catalogue can report. */
    Optional<String> selectQuery() {
        return select.map(text -> "SELECT 1 AS one FROM (\n" + text + "\n) AS q");
    }

    /**
     * Whether a row leaves the mapping only when it is deleted in the source, along with everything that cascades from
     * it there.
     */
    public boolean whole() {
        return where.isEmpty();
    }

    /** The {@code where} as such a query. */
    Optional<String> whereQuery() {
        return where.map(text -> "SELECT 1 AS one FROM " + table.sql() + " AS r WHERE (\n" + text + "\n)");
    }

    public List<Column> nonKeyColumns() {
        return columns.stream()
                .filter(column -> key.stream().noneMatch(k -> k.name().equals(column.name())))
                .toList();
    }

    /**
     * Another table whose changes make root rows stale.
     *
     * @param root columns of the root table, in the order of {@code theirs}
     * @param theirs columns of {@code table}
     */
    public record Dependency(TableName table, List<Column> root, List<Column> theirs) {

        public Dependency {
            root = List.copyOf(root);
            theirs = List.copyOf(theirs);
        }
    }
}
