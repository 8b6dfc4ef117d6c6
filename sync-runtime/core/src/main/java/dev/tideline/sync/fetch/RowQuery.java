package dev.tideline.sync.fetch;

import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.TenantSql;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The SQL that returns a mapping's rows. Rows start with their key columns, then (in batches of changes) a flag whether
 * the row is gone, then the other columns. Immutable.
 */
public final class RowQuery {

    private final Mapping mapping;

    public RowQuery(Mapping mapping) {
        this.mapping = mapping;
    }

    /** All columns in the order in which they travel: first the key's, then the others. */
    public static List<Column> travelOrder(Mapping mapping) {
        List<Column> columns =
                new ArrayList<>(mapping.key().size() + mapping.columns().size());
        for (Column key : mapping.key()) {
            columns.add(mapping.columns().stream()
                    .filter(column -> column.name().equals(key.name()))
                    .findFirst()
                    .orElse(key));
        }
        columns.addAll(mapping.nonKeyColumns());
        return columns;
    }

    /** COPY of a tenant's changes after one sequence id and up to another, in no order. */
    public String changes(InstalledStream root, String tenant, long after, long upTo, CopyFormat format) {
        return changes(root, tenant, after, upTo, format, "");
    }

    /**
     * The same in the order of the key, which costs a fifth more.
     *
     * @param behind text of the key to start after; empty for the first row
     */
    public String changesInOrder(
            InstalledStream root, String tenant, long after, long upTo, CopyFormat format, List<String> behind) {
        return changes(root, tenant, after, upTo, format, inOrder(behind));
    }

    private String changes(
            InstalledStream root, String tenant, long after, long upTo, CopyFormat format, String order) {
        List<Column> key = mapping.key();
        String onKey = Sql.numbered(key, " AND ", (i, column) -> column.isInLedger("r", "l.k" + i));
        return SqlTemplate.of("4-fetch/changes")
                .with(found())
                .with("keys", Sql.numbered(key, (i, c) -> "k" + i))
                .with("ledger", root.ledger())
                .with("stream", root.id())
                .with("tenant", Sql.literal(tenant))
                .with("after", after)
                .with("upTo", upTo)
                .with("row", byKey(tenant, onKey))
                .with("order", order)
                .with("format", format.option())
                .fill();
    }

    /** Restricts the entries of a ledger, or of a list of keys, to those after a key, and orders them. */
    private String inOrder(List<String> behind) {
        String keys = Sql.numbered(mapping.key(), (i, column) -> "l.k" + i);
        String condition =
                behind.isEmpty() ? "" : " WHERE (" + keys + ") > (" + values(behind, Column::ledgerType) + ")";
        return condition + " ORDER BY " + keys;
    }

    /**
     * COPY of a tenant's rows in the order of the key.
     *
     * @param after text of the key to start after; empty for the first row
     */
    public String rows(String tenant, List<String> after, CopyFormat format) {
        return copy(tenant, behind(after), format);
    }

    private String copy(String tenant, String condition, CopyFormat format) {
        return SqlTemplate.of("4-fetch/rows")
                .with("keyColumns", Sql.list(mapping.key(), c -> c.sql("s")))
                .with("columns", leading(mapping.nonKeyColumns(), c -> c.sql("s")))
                .with("row", row(tenant, condition))
                .with("asPlanned", asPlanned())
                .with("format", format.option())
                .fill();
    }

    /** The same as text, up to a key. */
    public String rows(String tenant, List<String> after, List<String> upTo) {
        return copy(tenant, behind(after) + " AND " + compared("<=", upTo), CopyFormat.TEXT);
    }

    /**
     * COPY of the current rows of some keys, given as texts, in the format and order of {@link #changesInOrder}.
     *
     * @param behind text of the key to start after; empty for the first row
     */
    public String keyed(String tenant, List<List<String>> keys, List<String> behind) {
        List<Column> key = mapping.key();
        return SqlTemplate.of("4-fetch/keyed")
                .with(found())
                .with("keys", Sql.numbered(key, (i, c) -> "CAST(p.k" + i + " AS " + c.ledgerType() + ") AS k" + i))
                .with(
                        "arrays",
                        Sql.numbered(
                                key,
                                (i, c) -> "unnest(CAST(ARRAY["
                                        + Sql.list(keys, values -> Sql.literal(values.get(i - 1)))
                                        + "] AS text[]))"))
                .with("keyNames", Sql.numbered(key, (i, c) -> "k" + i))
                .with("row", byKey(tenant, Sql.numbered(key, " AND ", (i, c) -> c.isInLedger("r", "l.k" + i))))
                .with("order", inOrder(behind))
                .fill();
    }

    /**
     * A query for the keys, as texts, of the next rows of the root table after a key. Its parameter is their number.
     */
    public String nextKeys(String tenant, List<String> after) {
        return SqlTemplate.of("4-fetch/next-keys")
                .with("keys", Sql.list(mapping.key(), c -> c.sql("r") + "::text"))
                .with("table", mapping.table().sql())
                .with("condition", TenantSql.belongs(mapping.tenant(), "r", tenant) + " AND " + behind(after))
                .with("order", Sql.list(mapping.key(), c -> c.sql("r")))
                .fill();
    }

    /** The texts of numbered key columns: {@code k1::text, k2::text}. */
    static String keyTexts(Mapping mapping, String prefix) {
        return Sql.numbered(mapping.key(), (i, column) -> prefix + i + "::text");
    }

    /**
     * COPY of the keys of a tenant's rows, in their order.
     *
     * @param after text of the key to start after; empty for the first
     */
    public String keys(String tenant, List<String> after, CopyFormat format) {
        return copyKeys(tenant, behind(after), format);
    }

    /** The same as text, up to a key. */
    public String keys(String tenant, List<String> after, List<String> upTo) {
        return copyKeys(tenant, behind(after) + " AND " + compared("<=", upTo), CopyFormat.TEXT);
    }

    private String copyKeys(String tenant, String condition, CopyFormat format) {
        return SqlTemplate.of("4-fetch/keys")
                .with("keyColumns", Sql.list(mapping.key(), c -> c.sql("s")))
                .with("row", row(tenant, condition))
                .with("asPlanned", asPlanned())
                .with("format", format.option())
                .fill();
    }

    /** The parameters that all statements that look up rows share: the row's columns by their numbers. */
    private Map<String, String> found() {
        List<String> names = mapping.columns().stream().map(Column::name).toList();
        Function<Column, String> number = c -> "s.c" + (names.indexOf(c.name()) + 1);
        return Map.of(
                "ledgerKeys",
                        Sql.numbered(
                                mapping.key(),
                                (i, c) -> "coalesce(" + number.apply(c) + ", "
                                        + (c.coarse() ? "CAST(l.k" + i + " AS " + c.plainType() + ")" : "l.k" + i)
                                        + ")"),
                "columns", leading(mapping.nonKeyColumns(), number),
                "names", Sql.numbered(mapping.columns(), (i, c) -> "c" + i),
                "asPlanned", asPlanned());
    }

    /** A condition that fails the statement if the columns' types differ from those that the mapping was read with. */
    private String asPlanned() {
        return SqlTemplate.of("4-fetch/as-planned")
                .with("table", Sql.literal(mapping.table().sql()))
                .with("names", texts(Column::name))
                .with("types", texts(Column::type))
                .with(
                        "actual",
                        mapping.select()
                                .map(select -> SqlTemplate.of("4-fetch/actual-types")
                                        .with(
                                                "types",
                                                Sql.list(mapping.columns(), c -> "pg_typeof(" + c.sql("s") + ")::oid"))
                                        .with("select", select)
                                        .fill())
                                .orElse(""))
                .fill();
    }

    private String texts(Function<Column, String> of) {
        return "CAST(ARRAY[" + Sql.list(mapping.columns(), c -> Sql.literal(of.apply(c))) + "] AS text[])";
    }

    /** A query for a tenant's rows, for use as a sub-select, with exactly the columns of the mapping. */
    public String row(String tenant, String condition) {
        return row(TenantSql.belongs(mapping.tenant(), "r", tenant) + " AND (" + condition + ")");
    }

    private String byKey(String tenant, String onKey) {
        return row(TenantSql.belongsByKey(mapping.tenant(), "r", tenant) + " AND (" + onKey + ")");
    }

    /** The same for the row of a ledger entry of any tenant. */
    public String ofLedger(String alias) {
        String onKey = Sql.numbered(mapping.key(), " AND ", (i, column) -> column.isInLedger("r", alias + ".k" + i));
        return row(onKey + " AND " + TenantSql.text(mapping.tenant(), "r") + " = " + alias + ".tenant");
    }

    private String row(String condition) {
        String all = condition
                + mapping.where().map(where -> " AND (\n" + where + "\n)").orElse("");
        if (mapping.select().isEmpty()) {
            return SqlTemplate.of("4-fetch/row-plain")
                    .with("columns", Sql.list(mapping.columns(), c -> c.sql("r")))
                    .with("table", mapping.table().sql())
                    .with("condition", all)
                    .fill();
        }
        return SqlTemplate.of("4-fetch/row-select")
                .with("columns", Sql.list(mapping.columns(), c -> c.sql("q")))
                .with("table", mapping.table().sql())
                .with("rootKeys", Sql.list(mapping.key(), c -> c.sql("r")))
                .with("select", mapping.select().get())
                .with("join", Sql.and(mapping.key(), c -> c.sql("q") + " = " + c.sql("r")))
                .with("condition", all)
                .fill();
    }

    private String behind(List<String> after) {
        return after.isEmpty() ? "true" : compared(">", after);
    }

    private String compared(String operator, List<String> with) {
        return "(" + Sql.list(mapping.key(), c -> c.sql("r")) + ") " + operator + " (" + values(with, Column::plainType)
                + ")";
    }

    private String values(List<String> texts, Function<Column, String> type) {
        return Sql.numbered(
                mapping.key(), (i, c) -> "CAST(" + Sql.literal(texts.get(i - 1)) + " AS " + type.apply(c) + ")");
    }

    private static String leading(List<Column> columns, Function<Column, String> sql) {
        return columns.stream().map(c -> ", " + sql.apply(c)).collect(Collectors.joining());
    }
}
