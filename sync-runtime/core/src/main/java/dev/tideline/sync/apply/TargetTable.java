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
import java.util.stream.IntStream;

/**
 * The SQL for one mapping's table in a target. Staged columns are named by their number in the order of travel, from 1;
 * key columns come first. Immutable.
 *
 * @param name of the table in this target
 * @param stage name of the temporary table for staged rows
 * @param made whether this session created the table, so that nobody relies on its key yet
 * @param facts properties of the table when the stage was created
 */
record TargetTable(Mapping mapping, TableName name, String stage, boolean made, TableFacts facts) {

    TargetKey key(Connection connection) {
        return new TargetKey(connection, name.sql(), mapping.key());
    }

    /** Whether rows have to be compared after they were written. */
    boolean watched() {
        return facts.interferes() || !computed().isEmpty();
    }

    /** Columns, in words, that do not accept every value of ours. */
    List<String> computed() {
        return columns().stream()
                .filter(column -> facts.generated().contains(column.name())
                        || facts.identity().contains(column.name())
                                && mapping.nonKeyColumns().contains(column))
                .map(column -> (facts.generated().contains(column.name()) ? "generated" : "identity") + " column "
                        + column.name())
                .toList();
    }

    /** A condition that the table is still what these statements were made for. */
    String asPlanned() {
        return facts.asPlanned(mapping, name);
    }

    /** The COPY that stages a batch of changes. */
    String copyIntoStage(CopyFormat format) {
        int keys = mapping.key().size();
        String behind = keys == columns().size()
                ? ""
                : ", " + numbers(keys + 1, columns().size());
        return "COPY pg_temp." + stage + " (" + numbers(1, keys) + ", gone" + behind + ") FROM STDIN" + format.option();
    }

    /** The COPY for rows that are known to be new. */
    String copyIntoTable(CopyFormat format) {
        return "COPY " + name.sql() + " (" + Sql.list(columns(), Column::sql) + ") FROM STDIN" + format.option();
    }

    /** The COPY that stages rows of a copy: all columns, and none of the rows is gone. */
    String copyIntoStageAsPresent(CopyFormat format) {
        return "COPY pg_temp." + stage + " (" + numbers(1, columns().size()) + ") FROM STDIN" + format.option();
    }

    String copyKeys(CopyFormat format) {
        return "COPY pg_temp." + keysTable() + " (" + numbers(1, mapping.key().size()) + ") FROM STDIN"
                + format.option();
    }

    String createStage() {
        return SqlTemplate.of("5-apply/create-stage")
                .with("stage", stage)
                .with("columns", numbered(columns()))
                .with("target", name.sql())
                .fill();
    }

    String createKeys() {
        return SqlTemplate.of("5-apply/create-keys")
                .with("keysTable", keysTable())
                .with("keys", numbered(mapping.key()))
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

    /**
     * For keys whose equal values may have different texts: only a row with exactly this text is gone, and one that is
     * replaced stays.
     */
    private String exactly() {
        if (mapping.key().stream().noneMatch(Column::coarse)) {
            return "";
        }
        String sameTexts = Sql.numbered(
                mapping.key(), " AND ", (i, c) -> c.coarse() ? c.textIs("t", "s.c" + i + "::text") : "true");
        String sameKey = Sql.numbered(mapping.key(), " AND ", (i, c) -> "p.c" + i + " = s.c" + i);
        return " AND " + sameTexts + " AND NOT EXISTS (SELECT 1 FROM pg_temp." + stage + " p WHERE NOT p.gone AND "
                + sameKey + ")";
    }

    String merge() {
        List<Column> written = columns().stream()
                .filter(column -> !facts.generated().contains(column.name()))
                .toList();
        List<Column> updated = written.stream()
                .filter(column -> !facts.identity().contains(column.name()))
                .toList();
        return SqlTemplate.of("5-apply/merge")
                .with("target", name.sql())
                .with("columns", Sql.list(written, Column::sql))
                .with("staged", Sql.list(written, column -> "c" + (columns().indexOf(column) + 1)))
                .with("rows", mapping.select().isPresent() ? oncePerKey() : "pg_temp." + stage + " WHERE NOT gone")
                .with("keys", Sql.list(mapping.key(), Column::sql))
                .with("update", updated.isEmpty() ? "NOTHING" : update(updated))
                .fill();
    }

    private String oncePerKey() {
        return SqlTemplate.of("5-apply/once-per-key")
                .with("keys", numbers("s.", 1, mapping.key().size()))
                .with("stage", stage)
                .fill();
    }

    private static String update(List<Column> updated) {
        return SqlTemplate.of("5-apply/merge-update")
                .with("assignments", Sql.list(updated, c -> c.sql() + " = EXCLUDED." + c.sql()))
                .with("old", Sql.list(updated, c -> c.sql("t")))
                .with("new", Sql.list(updated, c -> c.sql("EXCLUDED")))
                .fill();
    }

    /** How many staged rows the table does not have unchanged, and how many deleted rows it still has. */
    String notKept() {
        return SqlTemplate.of("5-apply/not-kept")
                .with("target", name.sql())
                .with("stage", stage)
                .with("join", onKey("s"))
                .with("present", mapping.key().get(0).sql("t") + " IS NOT NULL")
                .with("old", Sql.list(columns(), c -> c.sql("t")))
                .with("new", numbers("s.", 1, columns().size()))
                .with("exactly", exactly())
                .fill();
    }

    String prune() {
        return "DELETE FROM " + name.sql() + " t WHERE " + notInKeys();
    }

    /** Whether a prune has left rows. */
    String notPruned() {
        return "SELECT count(*) FROM " + name.sql() + " t WHERE " + notInKeys();
    }

    /** After a copy into a table that was not empty: rows that the source does not have. */
    private String notInKeys() {
        return "NOT EXISTS (SELECT 1 FROM pg_temp." + keysTable() + " k WHERE " + onKey("k") + ")";
    }

    String keysTable() {
        return stage + "_keys";
    }

    private List<Column> columns() {
        return RowQuery.travelOrder(mapping);
    }

    private static String numbered(List<Column> columns) {
        return Sql.numbered(columns, (i, c) -> c.sql("t") + " AS c" + i);
    }

    private static String numbers(int from, int to) {
        return numbers("", from, to);
    }

    private static String numbers(String alias, int from, int to) {
        return Sql.list(IntStream.rangeClosed(from, to).boxed().toList(), i -> alias + "c" + i);
    }

    private String onKey(String alias) {
        return Sql.numbered(mapping.key(), " AND ", (i, c) -> c.sql("t") + " = " + alias + ".c" + i);
    }
}
