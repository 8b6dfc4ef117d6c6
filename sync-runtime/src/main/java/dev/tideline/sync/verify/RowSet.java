package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import java.util.List;
import java.util.Map;

/**
 * The rows to compare on one side, as the parts of a query.
 *
 * @param table what is scanned
 * @param from of a query over all rows
 * @param lookupFrom of a query over a few rows, in which a select is reached through the key
 * @param columns SQL for the mapping's columns, in its order
 * @param keys SQL for the key columns among them
 * @param lookupKeys SQL for the same columns where an index can find them
 * @param keyTypes what a key's text is cast to, in step with {@code keys}
 */
record RowSet(
        TableName table,
        String from,
        String lookupFrom,
        String condition,
        List<String> columns,
        List<String> keys,
        List<String> lookupKeys,
        List<String> keyTypes) {

    /** What {@code table} is called in the queries. */
    static final String ALIAS = "r";

    /** What the target should have. */
    static RowSet source(Mapping mapping, String tenant) {
        String root = mapping.table().sql() + " AS r";
        boolean selected = mapping.select().isPresent();
        String alias = selected ? "s" : "r";
        String onKey = Sql.and(mapping.key(), k -> k.sql("s") + " = " + k.sql("r"));
        String inKey = Sql.and(mapping.key(), k -> k.sql("q") + " = " + k.sql("r"));
        String select = mapping.select().orElse("");
        return new RowSet(
                mapping.table(),
                selected ? root + " JOIN LATERAL (\n" + select + "\n) AS s ON " + onKey : root,
                selected
                        ? root + " JOIN LATERAL (SELECT q.* FROM (\n" + select + "\n) AS q WHERE " + inKey
                                + ") AS s ON true"
                        : root,
                tenantIs(mapping.tenant(), tenant)
                        + mapping.where().map(w -> " AND (\n" + w + "\n)").orElse(""),
                mapping.columns().stream().map(c -> c.sql(alias)).toList(),
                mapping.key().stream().map(c -> c.sql(alias)).toList(),
                mapping.key().stream().map(c -> c.sql("r")).toList(),
                mapping.key().stream().map(Column::plainType).toList());
    }

    /** What the target has. */
    static RowSet target(Mapping mapping, TableName table, Map<String, String> targetTypes) {
        String from = table.sql() + " AS r";
        return new RowSet(
                table,
                from,
                from,
                "true",
                mapping.columns().stream().map(c -> c.sql("r")).toList(),
                mapping.key().stream().map(c -> c.sql("r")).toList(),
                mapping.key().stream().map(c -> c.sql("r")).toList(),
                mapping.key().stream().map(c -> targetTypes.get(c.name())).toList());
    }

    /**
     * Compares column by column where the id can be taken apart, since that can use an index; an id that holds the
     * separator more often than it joins is compared as a whole.
     */
    private static String tenantIs(List<Column> columns, String tenant) {
        String[] parts = columns.size() == 1
                ? new String[] {tenant}
                : tenant.split(java.util.regex.Pattern.quote(SyncPlan.TENANT_SEPARATOR), -1);
        if (parts.length == columns.size()) {
            StringBuilder sql = new StringBuilder();
            for (int i = 0; i < parts.length; i++) {
                Column column = columns.get(i);
                sql.append(i == 0 ? "" : " AND ").append(column.sql("r")).append(" = CAST(");
                sql.append(Sql.literal(parts[i]))
                        .append(" AS ")
                        .append(column.plainType())
                        .append(")");
            }
            return sql.toString();
        }
        String separator = " || " + Sql.literal(SyncPlan.TENANT_SEPARATOR) + " || ";
        return String.join(
                        separator,
                        columns.stream().map(c -> c.sql("r") + "::text").toList()) + " = " + Sql.literal(tenant);
    }
}
