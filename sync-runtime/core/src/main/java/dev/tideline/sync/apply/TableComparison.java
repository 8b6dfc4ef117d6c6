package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what a target's table lacks and what is wrong with it. Of one transaction; changes nothing. */
final class TableComparison {

    /** Up to this size Postgres may write a table anew while its readers wait: that takes well under a second. */
    private static final long REWRITTEN_AT_ONCE = 16L << 20;

    private final Connection connection;
    private final Mapping mapping;
    private final TableName name;
    private final long bytes;
    private final boolean ours;
    private final Map<String, String> present;
    private final List<TableShape.Alteration> alterations = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private Optional<String> wrongCascades = Optional.empty();

    TableComparison(Connection connection, Mapping mapping, TableName name, long bytes, boolean ours)
            throws SQLException {
        this.connection = connection;
        this.mapping = mapping;
        this.name = name;
        this.bytes = bytes;
        this.ours = ours;
        this.present = new LinkedHashMap<>();
        Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/table-columns"),
                row -> present.put(row.getString(1), row.getString(2)),
                name.sql());
    }

    /** What brings the table along. */
    List<TableShape.Alteration> alterations() {
        return List.copyOf(alterations);
    }

    /** What stands against it, and what to do. */
    Optional<String> problem() throws SQLException {
        boolean hidden = Jdbc.one(
                connection, "SELECT row_security_active(CAST(? AS regclass))", row -> row.getBoolean(1), name.sql());
        if (hidden) {
            return Optional.of(
                    "row-level security hides rows of table " + name + " from our role. Run there: ALTER TABLE "
                            + name.sql() + " NO FORCE ROW LEVEL SECURITY; as its owner, or give the role BYPASSRLS");
        }
        if (!wrong.isEmpty()) {
            String all = String.join("; ", wrong);
            return Optional.of(
                    ours
                            ? "table " + name + " cannot be brought to the mapping: " + all
                            : "table " + name + " is there and has another shape: " + all
                                    + ". Rename or drop it, or give the mapping another target");
        }
        if (wrongCascades.isPresent()) {
            return wrongCascades;
        }
        boolean strangers = !ours
                && Jdbc.one(connection, "SELECT EXISTS (SELECT 1 FROM " + name.sql() + ")", row -> row.getBoolean(1));
        return strangers
                ? Optional.of("table " + name + " is there and has rows that Tideline did not bring, which the"
                        + " mapping's would replace. Empty, rename or drop it, or give the mapping another target")
                : Optional.empty();
    }

    /** Compares one column. @param wanted its type, as this target has it */
    void column(String column, String wanted) throws SQLException {
        String type = present.get(column);
        if (type == null && ours) {
            alterations.add(new TableShape.Alteration(
                    "ADD COLUMN " + Sql.identifier(column) + " " + wanted,
                    "column " + column + " " + wanted + " added"));
        } else if (type == null) {
            wrong.add("column " + column + " " + wanted + " is missing");
        } else if (!type.equals(wanted)) {
            otherType(column, type, wanted);
        }
    }

    private void otherType(String column, String type, String wanted) throws SQLException {
        boolean sameBase = TypeChange.sameBase(connection, type, wanted);
        String is = "column " + column + " is " + type + ", and the mapping gives " + wanted;
        if (!ours) {
            if (!sameBase) {
                wrong.add(is);
            }
            return;
        }
        String clause = "ALTER COLUMN " + Sql.identifier(column) + " TYPE " + wanted + " USING "
                + Sql.identifier(column) + "::" + wanted;
        String alter = "ALTER TABLE " + name.sql() + " " + clause;
        String drop = "ALTER TABLE " + name.sql() + " DROP COLUMN " + Sql.identifier(column)
                + ", after which Tideline adds and fills it again";
        boolean key = mapping.key().stream().anyMatch(k -> k.name().equals(column));
        switch (TypeChange.of(connection, type, wanted)) {
            case FREE ->
                alterations.add(
                        new TableShape.Alteration(clause, "column " + column + " from " + type + " to " + wanted));
            case REWRITE -> {
                if (sameBase) {
                    return; // wider than what the mapping gives: its owner's choice, and all values fit
                }
                if (bytes <= REWRITTEN_AT_ONCE) {
                    alterations.add(new TableShape.Alteration(
                            clause,
                            "column " + column + " from " + type + " to " + wanted
                                    + ", for which Postgres writes the table anew (" + kilobytes() + " kB)"));
                } else {
                    wrong.add(is + "; to change it Postgres would write " + kilobytes()
                            + " kB anew while readers wait. Run there when that suits: " + alter
                            + (key ? "" : "; or, without making readers wait: " + drop));
                }
            }
            case IMPOSSIBLE ->
                wrong.add(is + ", and Postgres does not convert the one into the other. Run there: "
                        + (key
                                ? "ALTER TABLE " + name.sql() + " RENAME TO another name, whereupon it is made anew"
                                : drop));
        }
    }

    private long kilobytes() {
        return (bytes + 1023) / 1024;
    }

    /**
     * Refuses foreign keys by which changes of its owner's tables reach rows of ours, without a statement on this table.
     *
     * @param mapped the tables of all mappings without a filter, quoted; what cascades between them does so at the source, too
     */
    List<String> cascades(Collection<String> mapped) throws SQLException {
        List<String> cascades = Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/cascades"),
                row -> row.getString(1),
                name.sql(),
                name.sql(),
                List.copyOf(mapped));
        if (!cascades.isEmpty()) {
            wrongCascades = Optional.of("table " + name + " has " + String.join(", ", cascades)
                    + ", by which rows would be deleted or changed here without Tideline's noticing. Drop it there, or"
                    + " make it NO ACTION; then the table is compared with the source");
        }
        return cascades;
    }

    /** Demands that a row of the mapping can be inserted; a trigger may give values that we do not. */
    void insertable(Collection<String> columns) throws SQLException {
        for (String column : Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/columns-that-need-a-value"),
                row -> row.getString(1),
                name.sql(),
                List.copyOf(columns))) {
            wrong.add("column " + column + ", which the mapping does not give, is NOT NULL and has no default");
        }
    }

    /** Demands the mapping's key. */
    void key() throws SQLException {
        if (!new TargetKey(connection, name.sql(), mapping.key()).present()) {
            wrong.add("there is no primary key or unique index on (" + Sql.list(mapping.key(), Column::name) + ")");
        }
        for (String folding : Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/folding-key-columns"),
                row -> row.getString(1),
                name.sql(),
                mapping.key().stream()
                        .filter(column -> !column.coarse())
                        .map(Column::name)
                        .toList())) {
            wrong.add(
                    "the collation of key column " + folding
                            + " considers texts equal that are different keys in the source, so one row would replace the other");
        }
    }
}
