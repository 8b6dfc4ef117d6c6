package dev.tideline.sync.verify;

import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The rows to compare on one side.
 *
 * @param table to scan
 * @param query returns a sub-select of the rows that meet a condition on {@value #ALIAS}, the table's row
 * @param columns SQL for the mapping's columns, in its order, of the sub-select {@code s}
 * @param keys SQL for the key columns among them
 * @param lookupKeys SQL for the same columns in a condition
 * @param exactKeys those of {@code lookupKeys} whose equal values may have different texts
 * @param keyTypes to which a key's text is cast, in the order of {@code keys}
 */
record RowSet(
        TableName table,
        UnaryOperator<String> query,
        List<String> columns,
        List<String> keys,
        List<String> lookupKeys,
        List<String> exactKeys,
        List<String> keyTypes) {

    /** Alias of the table's row in a condition. */
    static final String ALIAS = "r";

    /** What the target should have: the rows that the sync would fetch. */
    static RowSet source(Mapping mapping, String tenant) {
        RowQuery rows = new RowQuery(mapping);
        return of(
                mapping,
                mapping.table(),
                condition -> rows.row(tenant, condition),
                mapping.key().stream().map(Column::plainType).toList());
    }

    /**
     * What the target has. Columns that the table's owner added are ignored.
     *
     * @throws VerifyException if the table or a column of the mapping does not exist
     */
    static RowSet target(Connection connection, Mapping mapping, TableName table) throws SQLException {
        Map<String, String> types = new HashMap<>();
        String columns = SqlTemplate.of("8-verify/target-columns")
                .with(Map.of(
                        "schema", Sql.literal(table.schema()),
                        "table", Sql.literal(table.name())))
                .fill();
        Jdbc.listAsWritten(connection, columns, row -> types.put(row.getString("name"), row.getString("type")));
        if (types.isEmpty()) {
            throw new VerifyException(
                    "mapping " + mapping.name() + ": the target has no table " + table
                            + ". A sync creates it; run sync for this tenant first.",
                    null);
        }
        List<String> lacking = mapping.columns().stream()
                .map(Column::name)
                .filter(name -> !types.containsKey(name))
                .toList();
        if (!lacking.isEmpty()) {
            throw new VerifyException(
                    "mapping " + mapping.name() + ": table " + table + " of the target has no column "
                            + String.join(", ", lacking) + ". A sync adds what the mapping names; run sync for this"
                            + " tenant first.",
                    null);
        }
        String select =
                "SELECT " + Sql.list(mapping.columns(), c -> c.sql(ALIAS)) + " FROM " + table.sql() + " AS r WHERE ";
        return of(
                mapping,
                table,
                condition -> select + condition,
                mapping.key().stream().map(c -> types.get(c.name())).toList());
    }

    private static RowSet of(Mapping mapping, TableName table, UnaryOperator<String> query, List<String> keyTypes) {
        return new RowSet(
                table,
                query,
                mapping.columns().stream().map(c -> c.sql("s")).toList(),
                mapping.key().stream().map(c -> c.sql("s")).toList(),
                mapping.key().stream().map(c -> c.sql(ALIAS)).toList(),
                mapping.key().stream()
                        .filter(Column::coarse)
                        .map(c -> c.sql(ALIAS))
                        .toList(),
                keyTypes);
    }

    /** All rows, as a sub-select. */
    String all() {
        return query.apply("true");
    }
}
