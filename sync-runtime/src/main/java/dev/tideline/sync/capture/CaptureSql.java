package dev.tideline.sync.capture;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    private CaptureSql() {}

    static String ledger(InstalledStream installed) {
        List<Column> key = installed.stream().key();
        return SqlTemplate.of("1-capture/create-ledger")
                .with("ledger", installed.ledger())
                .with("keyColumns", numbered(key, (i, column) -> "k" + i + " " + column.plainType() + " NOT NULL"))
                .with("keys", numbered(key, (i, column) -> "k" + i))
                .fill();
    }

    static String functions(InstalledStream installed, int generation) {
        List<Column> columns = installed.stream().columns();
        return SqlTemplate.of("1-capture/create-functions")
                .with("name", installed.name())
                .with("generation", generation)
                .with("stream", installed.id())
                .with("settings", columns.stream().allMatch(CaptureSql::textIsPlain) ? "" : FIXED_FORM)
                .with("slots", numbered(columns, (i, column) -> "c" + i))
                .with("newValues", numbered(columns, (i, column) -> column.sql("NEW") + "::pg_catalog.text"))
                .with("oldValues", numbered(columns, (i, column) -> column.sql("OLD") + "::pg_catalog.text"))
                .fill();
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

    interface Numbered {
        String sql(int number, Column column);
    }

    /** One piece per column, numbered from 1. */
    static String numbered(List<Column> columns, Numbered piece) {
        return IntStream.rangeClosed(1, columns.size())
                .mapToObj(i -> piece.sql(i, columns.get(i - 1)))
                .collect(Collectors.joining(", "));
    }
}
