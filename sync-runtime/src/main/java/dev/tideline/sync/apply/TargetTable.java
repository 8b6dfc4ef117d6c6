package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.util.List;

/**
 * The SQL for one mapping's table in a target. Immutable.
 *
 * @param name where the table is in this target
 * @param stage name of the temporary table that rows are staged in
 * @param made whether this session made the table, so that nobody counts on its key yet
 */
record TargetTable(Mapping mapping, TableName name, String stage, boolean made) {

    /** The table's key there. */
    TargetKey key(Connection connection) {
        return new TargetKey(connection, name.sql(), mapping.key());
    }

    /** Where the driver's COPY stages a batch of changes. */
    String copyIntoStage(CopyFormat format) {
        List<Column> columns = RowQuery.travelOrder(mapping);
        int keys = mapping.key().size();
        String list = Sql.list(columns.subList(0, keys), Column::sql) + ", tideline_gone"
                + (columns.size() == keys ? "" : ", " + Sql.list(columns.subList(keys, columns.size()), Column::sql));
        return "COPY pg_temp." + stage + " (" + list + ") FROM STDIN" + format.option();
    }

    /** Where rows go that are known to be new. */
    String copyIntoTable(CopyFormat format) {
        return "COPY " + name.sql() + " (" + Sql.list(RowQuery.travelOrder(mapping), Column::sql) + ") FROM STDIN"
                + format.option();
    }

    /** Where a copy stages rows: all columns, and none of them is gone. */
    String copyIntoStageAsPresent(CopyFormat format) {
        return "COPY pg_temp." + stage + " (" + Sql.list(RowQuery.travelOrder(mapping), Column::sql) + ") FROM STDIN"
                + format.option();
    }

    String copyKeys(CopyFormat format) {
        return "COPY pg_temp." + keysTable() + " (" + Sql.list(mapping.key(), Column::sql) + ") FROM STDIN"
                + format.option();
    }

    String createStage() {
        return SqlTemplate.of("5-apply/create-stage")
                .with("stage", stage)
                .with("columns", Sql.list(RowQuery.travelOrder(mapping), Column::sql))
                .with("target", name.sql())
                .fill();
    }

    String createKeys() {
        return SqlTemplate.of("5-apply/create-keys")
                .with("keysTable", keysTable())
                .with("keys", Sql.list(mapping.key(), Column::sql))
                .with("target", name.sql())
                .fill();
    }

    String deleteGone() {
        return SqlTemplate.of("5-apply/delete-gone")
                .with("target", name.sql())
                .with("stage", stage)
                .with("join", onKey("s"))
                .with("exactly", exactly())
                .fill();
    }

    /** Where equal keys may have different texts: only a row of this very form is gone, and one that is replaced stays. */
    private String exactly() {
        List<Column> coarse = mapping.key().stream().filter(Column::coarse).toList();
        return coarse.isEmpty()
                ? ""
                : " AND " + Sql.and(coarse, c -> c.textIs("t", c.sql("s") + "::text"))
                        + " AND NOT EXISTS (SELECT 1 FROM pg_temp." + stage + " p WHERE NOT p.tideline_gone AND "
                        + Sql.and(mapping.key(), c -> c.sql("p") + " = " + c.sql("s")) + ")";
    }

    String merge() {
        List<Column> columns = RowQuery.travelOrder(mapping);
        return SqlTemplate.of("5-apply/merge")
                .with("target", name.sql())
                .with("columns", Sql.list(columns, Column::sql))
                .with("stage", stage)
                .with("keys", Sql.list(mapping.key(), Column::sql))
                .with("assignments", Sql.list(columns, c -> c.sql() + " = EXCLUDED." + c.sql()))
                .with("old", Sql.list(columns, c -> c.sql("t")))
                .with("new", Sql.list(columns, c -> c.sql("EXCLUDED")))
                .fill();
    }

    String prune() {
        return SqlTemplate.of("5-apply/prune")
                .with("target", name.sql())
                .with("keysTable", keysTable())
                .with("join", onKey("k"))
                .fill();
    }

    String keysTable() {
        return stage + "_keys";
    }

    private String onKey(String alias) {
        return Sql.and(mapping.key(), c -> c.sql("t") + " = " + c.sql(alias));
    }
}
