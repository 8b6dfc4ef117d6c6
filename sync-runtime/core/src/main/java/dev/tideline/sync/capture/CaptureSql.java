package dev.tideline.sync.capture;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.List;
import java.util.Set;

/** The SQL that one stream takes in the source. */
final class CaptureSql {

    /** Types whose text depends on no setting of the session that writes it. */
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

    /** The text of dates, floats and the like follows the writer's session; these settings make it one and exact. */
    private static final String FIXED_FORM =
            "SET DateStyle = 'ISO, YMD' SET IntervalStyle = 'postgres' SET TimeZone = 'UTC'"
                    + " SET extra_float_digits = 3 SET bytea_output = 'hex' SET lc_monetary = 'C'";

    private static final String BYTE_BY_BYTE = " COLLATE pg_catalog.\"C\"";

    /** Endings of the functions' names. */
    static final List<String> FUNCTIONS = List.of("new", "changed", "old", "truncated");

    private CaptureSql() {}

    static String ledger(InstalledStream installed) {
        List<Column> key = installed.stream().key();
        return SqlTemplate.of("1-capture/create-ledger")
                .with("ledger", installed.ledger())
                .with("keyColumns", Sql.numbered(key, (i, column) -> "k" + i + " " + column.plainType() + " NOT NULL"))
                .with("keys", Sql.numbered(key, (i, column) -> "k" + i))
                .fill();
    }

    /** What the triggers call: with the new row, both, the old row, or none. */
    static String functions(InstalledStream installed, int generation) {
        List<Column> columns = installed.stream().columns();
        String slots = Sql.numbered(columns, (i, column) -> "c" + i);
        String alsoOld = "\n"
                + SqlTemplate.of("1-capture/also-old")
                        .with("generation", generation)
                        .with("stream", installed.id())
                        .with("slots", slots)
                        .with("oldValues", values(columns, "OLD", ""))
                        .with("oldTexts", values(columns, "OLD", BYTE_BY_BYTE))
                        .with("newTexts", values(columns, "NEW", BYTE_BY_BYTE))
                        .fill();
        return function(installed, generation, "new", slots, values(columns, "NEW", ""), "")
                + function(installed, generation, "changed", slots, values(columns, "NEW", ""), alsoOld)
                + function(installed, generation, "old", "removed, " + slots, "true, " + values(columns, "OLD", ""), "")
                + function(installed, generation, "truncated", "truncated", "true", "");
    }

    private static String function(
            InstalledStream installed, int generation, String ending, String slots, String values, String also) {
        boolean plain = installed.stream().columns().stream().allMatch(CaptureSql::textIsPlain);
        return SqlTemplate.of("1-capture/create-function")
                .with("name", installed.name() + "_" + ending)
                .with("generation", generation)
                .with("stream", installed.id())
                .with("settings", plain ? "" : FIXED_FORM)
                .with("slots", slots)
                .with("values", values)
                .with("also", also)
                .fill();
    }

    private static String values(List<Column> columns, String row, String collation) {
        return Sql.list(columns, column -> column.sql(row) + "::pg_catalog.text" + collation);
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
