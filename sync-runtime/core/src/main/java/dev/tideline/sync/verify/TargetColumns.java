package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The target's table as it is. Columns that its owner added are ignored. */
final class TargetColumns {

    private TargetColumns() {}

    /**
     * The types of its columns by name.
     *
     * @throws VerifyException if the table or a column of the mapping does not exist
     */
    static Map<String, String> types(Connection target, Mapping mapping, TableName table) throws SQLException {
        Map<String, String> types = new LinkedHashMap<>();
        String sql = SqlTemplate.of("8-verify/target-columns")
                .with(Map.of(
                        "schema", Sql.literal(table.schema()),
                        "table", Sql.literal(table.name())))
                .fill();
        try (Query query = new Query(target);
                ResultSet row = query.rows(sql)) {
            while (row.next()) {
                types.put(row.getString("name"), row.getString("type"));
            }
        }
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
        return types;
    }
}
