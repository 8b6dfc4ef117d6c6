package dev.tideline.sync.sequence;

import dev.tideline.sync.config.TenantId;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledLayout.InstalledDependency;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.layout.TenantSql;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.List;
import java.util.stream.IntStream;

/** The SQL of a pass, derived from the streams' columns and types. */
final class SequenceSql {

    private SequenceSql() {}

    static String rootChanges(InstalledStream installed) {
        return rootChanges(installed, "");
    }

    /**
     * The same without changes whose key cannot be read as its columns' current types. Each change costs a
     * subtransaction.
     */
    static String readableRootChanges(InstalledStream installed) {
        int tenants = installed.stream().tenantColumns();
        return rootChanges(
                installed,
                Sql.numbered(
                        installed.stream().key(),
                        "",
                        (i, c) ->
                                " AND tideline.reads_as(c" + (tenants + i) + ", " + Sql.literal(c.plainType()) + ")"));
    }

    private static String rootChanges(InstalledStream installed, String readable) {
        Stream stream = installed.stream();
        int tenants = stream.tenantColumns();
        List<Column> key = stream.key();
        return SqlTemplate.of("2-sequence/root-changes")
                .with("tenant", bounded(stream.tenant(), tenant(stream)))
                .with("tenantPresent", tenantPresent(stream))
                .with(
                        "castSlots",
                        Sql.numbered(key, (i, c) -> "CAST(c" + (tenants + i) + " AS " + c.ledgerType() + ") AS k" + i))
                .with("groupBy", "1, " + Sql.numbered(key, (i, c) -> String.valueOf(i + 1)))
                .with("stream", installed.id())
                .with("readable", readable)
                .with("append", append(installed, TenantSql.unbounded(stream.tenant())))
                .fill();
    }

    /** The statement that records that changes of a root stream were left out. */
    static String refuseTenants(InstalledStream installed) {
        Stream stream = installed.stream();
        return SqlTemplate.of("2-sequence/refuse-tenants")
                .with("stream", installed.id())
                .with("tenant", tenant(stream))
                .with("tenantPresent", tenantPresent(stream))
                .with("longest", TenantId.LONGEST)
                .fill();
    }

    /** The statement that adds to tenants' requests the trace of their changes. */
    static String carryTrace(InstalledStream installed) {
        Stream stream = installed.stream();
        return SqlTemplate.of("2-sequence/carry-trace")
                .with("stream", installed.id())
                .with("tenant", tenant(stream))
                .with("tenantPresent", tenantPresent(stream))
                .fill();
    }

    private static String tenant(Stream stream) {
        return TenantId.sql(IntStream.rangeClosed(1, stream.tenantColumns())
                .mapToObj(i -> "c" + i)
                .toList());
    }

    private static String tenantPresent(Stream stream) {
        return Sql.numbered(stream.tenant(), " AND ", (i, c) -> "c" + i + " IS NOT NULL");
    }

    /** The id if it is not too long, else NULL. */
    private static String bounded(List<Column> tenant, String id) {
        return TenantSql.unbounded(tenant)
                ? "CASE WHEN octet_length(" + id + ") <= " + TenantId.LONGEST + " THEN " + id + " END"
                : id;
    }

    static String dependencyChanges(InstalledLayout layout, InstalledDependency dependency, int limit) {
        InstalledStream root = layout.stream(dependency.rootStream());
        List<Column> slots = layout.stream(dependency.stream()).stream().columns();
        return rootRows(SqlTemplate.of("2-sequence/dependency-changes"), root, dependency, limit)
                .with("castSlots", Sql.numbered(slots, (i, c) -> cast("c" + i, c) + " AS d" + i))
                .with("slotsPresent", Sql.numbered(slots, " AND ", (i, c) -> "c" + i + " IS NOT NULL"))
                .with("groupBy", Sql.numbered(slots, (i, c) -> String.valueOf(i)))
                .with("stream", dependency.stream())
                .with("dependencySlots", Sql.numbered(slots, (i, c) -> "d" + i))
                .with("hitSlots", Sql.numbered(slots, (i, c) -> "s.d" + i))
                .with("staleText", Sql.numbered(slots, (i, c) -> "s.d" + i + "::text"))
                .with("dependencyText", Sql.numbered(slots, (i, c) -> "d" + i + "::text"))
                .with("join", Sql.numbered(dependency.rootColumns(), " AND ", (i, c) -> c.sql("r") + " = s.d" + i))
                .fill();
    }

    static String fanOutChunk(
            InstalledLayout layout,
            InstalledDependency dependency,
            List<String> values,
            List<String> position,
            int limit) {
        InstalledStream root = layout.stream(dependency.rootStream());
        List<Column> slots = layout.stream(dependency.stream()).stream().columns();
        List<Column> key = root.stream().key();
        String after = position.isEmpty()
                ? "true"
                : "(" + Sql.list(key, c -> c.sql("r")) + ") > ("
                        + Sql.numbered(key, (i, c) -> cast(Sql.literal(position.get(i - 1)), c)) + ")";
        return rootRows(SqlTemplate.of("2-sequence/fan-out-chunk"), root, dependency, limit)
                .with(
                        "join",
                        Sql.numbered(
                                dependency.rootColumns(),
                                " AND ",
                                (i, c) -> c.sql("r") + " = " + cast(Sql.literal(values.get(i - 1)), slots.get(i - 1))))
                .with("after", after)
                .fill();
    }

    static String directoryChanges(InstalledStream installed) {
        return SqlTemplate.of("2-sequence/directory-changes")
                .with("stream", installed.id())
                .with("longest", TenantId.LONGEST)
                .fill();
    }

    private static SqlTemplate rootRows(
            SqlTemplate template, InstalledStream root, InstalledDependency dependency, int limit) {
        Stream stream = root.stream();
        List<Column> key = stream.key();
        return template.with("rootTenant", TenantSql.text(stream.tenant(), "r"))
                .with(
                        "rootTenantPresent",
                        bounded(stream.tenant(), TenantSql.text(stream.tenant(), "r")) + " IS NOT NULL")
                .with("rootKeys", Sql.numbered(key, (i, c) -> c.sql("r") + " AS k" + i))
                .with("rootKeyOrder", Sql.list(key, c -> c.sql("r")))
                .with("root", stream.table().sql())
                .with("keys", Sql.numbered(key, (i, c) -> "k" + i))
                .with("ledgerKeys", Sql.numbered(key, (i, c) -> c.coarse() ? "k" + i + "::text AS k" + i : "k" + i))
                .with("keysText", Sql.numbered(key, (i, c) -> "k" + i + "::text"))
                .with("keysDescending", Sql.numbered(key, (i, c) -> "k" + i + " DESC"))
                .with("dependency", dependency.id())
                .with("limit", limit)
                .with("append", append(root, false));
    }

    /**
     * @param someRefused whether there may be rows without a tenant, which are counted
     */
    private static String append(InstalledStream root, boolean someRefused) {
        return SqlTemplate.of("2-sequence/append")
                .with("kept", someRefused ? " WHERE tenant IS NOT NULL" : "")
                .with("refused", someRefused ? "(SELECT count(*) FROM latest WHERE tenant IS NULL)" : "0")
                .with("ledger", root.ledger())
                .with("keys", Sql.numbered(root.stream().key(), (i, c) -> "k" + i))
                .fill();
    }

    private static String cast(String text, Column column) {
        return "CAST(" + text + " AS " + column.plainType() + ")";
    }
}
