package dev.tideline.sync.capture;

import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The SQL that captures one stream in the source. */
final class CaptureSql {

    /** Types whose text does not depend on settings of the session that writes it. */
    private static final Set<String> PLAIN_TEXT = Set.of(
            "smallint",
            "integer",
            "bigint",
            "text",
            "boolean",
            "uuid",
            "numeric",
            "oid",
            "name",
            "\"char\"",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "citext",
            "public.citext");

    /**
     * The text of dates, floats and the like depends on the writer's session; these settings make it unambiguous and
     * exact.
     */
    private static final String FIXED_FORM =
            "SET DateStyle = 'ISO, YMD' SET IntervalStyle = 'postgres' SET TimeZone = 'UTC'"
                    + " SET extra_float_digits = 3 SET bytea_output = 'hex' SET lc_monetary = 'C'";

    /** Suffixes of the functions' names. */
    static final List<String> FUNCTIONS = List.of("new", "changed", "old", "truncated");

    private CaptureSql() {}

    static String ledger(InstalledStream installed) {
        List<Column> key = installed.stream().key();
        return SqlTemplate.of("1-capture/create-ledger")
                .with("ledger", installed.ledger())
                .with("keyColumns", Sql.numbered(key, (i, column) -> "k" + i + " " + column.ledgerType() + " NOT NULL"))
                .with("keys", Sql.numbered(key, (i, column) -> "k" + i))
                .fill();
    }

    /** The trigger functions: with the new row, both rows, the old row, or none. */
    static String functions(InstalledStream installed, int generation) {
        List<Column> columns = installed.stream().columns();
        String newValues = "new_values := ARRAY[" + texts(columns, "NEW") + "];";
        String oldValues = "old_values := ARRAY[" + texts(columns, "OLD") + "];";
        String appendNew = append(installed, generation, "new_values", "", "");
        String appendOld = append(installed, generation, "old_values", "removed, ", "true, ");
        String appendBoth = appendNew + "\n        "
                + SqlTemplate.of("1-capture/append-old-if-it-differs")
                        .with("appendOld", appendOld)
                        .fill()
                        .strip();
        String appendTruncated = "INSERT INTO tideline.change_" + generation + " (stream, truncated) VALUES ("
                + installed.id() + ", true);";
        String changed = unlessSame(installed) + newValues + "\n        " + oldValues;
        return function(installed, generation, "new", newValues, "new_values", appendNew)
                + function(installed, generation, "changed", changed, "old_values", appendBoth)
                + function(installed, generation, "old", oldValues, "old_values", appendOld)
                + function(installed, generation, "truncated", "new_values := '{}';", "new_values", appendTruncated);
    }

    private static String unlessSame(InstalledStream installed) {
        return installed
                .compared()
                .map(read -> {
                    Set<String> names = new LinkedHashSet<>(installed.stream().columnNames());
                    names.addAll(read);
                    return SqlTemplate.of("1-capture/unless-same")
                                    .with("old", fields(names, "OLD"))
                                    .with("new", fields(names, "NEW"))
                                    .fill()
                                    .strip()
                            + "\n        ";
                })
                .orElse("");
    }

    private static String fields(Set<String> names, String row) {
        return Sql.list(names, name -> row + "." + Sql.identifier(name));
    }

    /**
     * @param read statements that read the row
     * @param values what they set last
     */
    private static String function(
            InstalledStream installed, int generation, String ending, String read, String values, String append) {
        boolean plain = installed.stream().columns().stream().allMatch(CaptureSql::textIsPlain);
        return SqlTemplate.of("1-capture/create-function")
                .with("name", installed.name() + "_" + ending)
                .with("generation", generation)
                .with("stream", installed.id())
                .with("settings", plain ? "" : FIXED_FORM)
                .with("read", read)
                .with("values", values)
                .with("append", append)
                .fill();
    }

    private static String append(
            InstalledStream installed, int generation, String values, String flag, String flagValue) {
        List<Column> columns = installed.stream().columns();
        return "INSERT INTO tideline.change_" + generation + " (stream, " + flag
                + Sql.numbered(columns, (i, c) -> "c" + i)
                + ") VALUES (" + installed.id() + ", " + flagValue
                + Sql.numbered(columns, (i, c) -> values + "[" + i + "]") + ");";
    }

    private static String texts(List<Column> columns, String row) {
        return Sql.list(columns, column -> column.sql(row) + "::pg_catalog.text");
    }

    static String triggers(InstalledStream installed, String table) {
        List<Column> columns = installed.stream().columns();
        return SqlTemplate.of("1-capture/create-triggers")
                .with("name", installed.name())
                .with("table", table)
                .with(
                        "changed",
                        "(" + Sql.list(columns, column -> column.sql("OLD")) + ") IS DISTINCT FROM ("
                                + Sql.list(columns, column -> column.sql("NEW")) + ")")
                .fill();
    }

    private static boolean textIsPlain(Column column) {
        String type = column.plainType().replaceFirst("\\(.*\\)$", "");
        return PLAIN_TEXT.contains(type) || type.startsWith("character");
    }
}
