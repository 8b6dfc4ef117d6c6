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
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects what a target's table lacks and what is wrong with it. Used in one transaction; changes nothing. */
final class TableComparison {

    /** Up to this size Postgres may rewrite a table while its readers wait: that takes well under a second. */
    private static final long REWRITTEN_AT_ONCE = 16L << 20;

    private final Connection connection;
    private final Mapping mapping;
    private final TableName name;
    private final long bytes;
    private final boolean ours;
    private final Map<String, String> present;
    private final List<TableShape.Alteration> alterations = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private record Finding(String what, String wayOut) {}

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

    /** What makes the table fit the mapping. */
    List<TableShape.Alteration> alterations() {
        return List.copyOf(alterations);
    }

    /** Why the mapping cannot use the table, and what to do about it. */
    Optional<String> problem() throws SQLException {
        if (isTrue("SELECT row_security_active(CAST(? AS regclass))", name.sql())) {
            findings.add(new Finding(
                    "row-level security hides rows from our role",
                    "Run there: ALTER TABLE " + name.sql()
                            + " NO FORCE ROW LEVEL SECURITY; as its owner, or give the role BYPASSRLS"));
        }
        if (findings.isEmpty() && !ours && isTrue("SELECT EXISTS (SELECT 1 FROM " + name.sql() + ")")) {
            findings.add(new Finding(
                    "it has rows that Tideline did not write, which the mapping's rows would replace",
                    "Empty, rename or drop the table, or give the mapping another target"));
        }
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of("table " + name + " does not fit the mapping: " + distinct(Finding::what, "; ") + ". "
                        + distinct(Finding::wayOut, ". "));
    }

    private String distinct(Function<Finding, String> part, String separator) {
        return findings.stream().map(part).distinct().collect(Collectors.joining(separator));
    }

    private boolean isTrue(String sql, Object... parameters) throws SQLException {
        return Jdbc.one(connection, sql, row -> row.getBoolean(1), parameters);
    }

    /**
     * @param wayOut for a table that has the mapping's rows; for any other, the advice is to give the mapping another
     *     table
     */
    private void wrong(String what, String wayOut) {
        findings.add(new Finding(what, ours ? wayOut : "Rename or drop the table, or give the mapping another target"));
    }

    /** Compares one column. @param wanted its type in this target */
    void column(String column, String wanted) throws SQLException {
        String type = present.get(column);
        if (type == null && ours) {
            alterations.add(new TableShape.Alteration(
                    "ADD COLUMN " + Sql.identifier(column) + " " + wanted,
                    "column " + column + " " + wanted + " added"));
        } else if (type == null) {
            wrong("column " + column + " " + wanted + " is missing", "");
        } else if (!type.equals(wanted)) {
            otherType(column, type, wanted);
        }
    }

    private void otherType(String column, String type, String wanted) throws SQLException {
        boolean sameBase = TypeChange.sameBase(connection, type, wanted);
        String is = "column " + column + " is " + type + ", and the mapping gives " + wanted;
        if (!ours) {
            if (!sameBase) {
                wrong(is, "");
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
                    return; // wider than the mapping's type: the owner's choice, and all values fit
                }
                if (bytes <= REWRITTEN_AT_ONCE) {
                    alterations.add(new TableShape.Alteration(
                            clause,
                            "column " + column + " from " + type + " to " + wanted
                                    + ", for which Postgres rewrites the table (" + kilobytes() + " kB)"));
                } else {
                    wrong(
                            is + "; to change it, Postgres would rewrite " + kilobytes() + " kB while readers wait",
                            "Run there when that suits: " + alter
                                    + (key ? "" : "; or, without making readers wait: " + drop));
                }
            }
            case IMPOSSIBLE ->
                wrong(
                        is + ", and Postgres does not convert the one into the other",
                        "Run there: "
                                + (key
                                        ? "ALTER TABLE " + name.sql()
                                                + " RENAME TO another name, after which Tideline creates the table again"
                                        : drop));
        }
    }

    private long kilobytes() {
        return (bytes + 1023) / 1024;
    }

    /**
     * Rejects foreign keys through which changes of the owner's tables reach our rows without a statement on this
     * table.
     *
     * @param mapped the tables of all mappings without a filter, quoted; what cascades between them cascades at the
     *     source, too
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
            findings.add(new Finding(
                    "it has " + String.join(", ", cascades)
                            + ", through which rows would be deleted or changed without Tideline's noticing",
                    "Drop it there, or make it NO ACTION; then the table is compared with the source"));
        }
        return cascades;
    }

    /** Requires that a row of the mapping can be inserted; a trigger may set columns that we do not. */
    void insertable(Collection<String> columns) throws SQLException {
        for (String column : Jdbc.list(
                connection,
                SqlTemplate.text("5-apply/columns-that-need-a-value"),
                row -> row.getString(1),
                name.sql(),
                List.copyOf(columns))) {
            wrong(
                    "column " + column + ", which the mapping does not give, is NOT NULL and has no default",
                    "Run there: ALTER TABLE " + name.sql() + " ALTER COLUMN " + Sql.identifier(column)
                            + " DROP NOT NULL; or give the column a default");
        }
    }

    /** Requires the mapping's key. */
    void key() throws SQLException {
        if (!new TargetKey(connection, name.sql(), mapping.key()).present()) {
            wrong(
                    "there is no primary key or unique index on (" + Sql.list(mapping.key(), Column::name) + ")",
                    "Run there: ALTER TABLE " + name.sql() + " ADD UNIQUE (" + Sql.list(mapping.key(), Column::sql)
                            + ");");
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
            wrong(
                    "the collation of key column " + folding
                            + " considers texts equal that are different keys in the source, so one row would replace the other",
                    "Give the column a deterministic collation there");
        }
    }
}
