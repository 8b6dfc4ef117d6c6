package dev.tideline.sync.sequence;

import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.capture.InstalledLayout.InstalledDependency;
import dev.tideline.sync.capture.InstalledStream;
import dev.tideline.sync.capture.Stream;
import dev.tideline.sync.capture.TenantSql;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The SQL of a pass, which follows from the streams' columns and types. */
final class SequenceSql {

    private SequenceSql() {}

    static String rootChanges(InstalledStream installed) {
        Stream stream = installed.stream();
        int tenants = stream.tenantColumns();
        List<Column> key = stream.key();
        String separator = " || " + Sql.literal(SyncPlan.TENANT_SEPARATOR) + " || ";
        return SqlTemplate.of("2-sequence/root-changes")
                .with("tenant", numbers(1, tenants, i -> "c" + i, separator))
                .with("tenantPresent", numbers(1, tenants, i -> "c" + i + " IS NOT NULL", " AND "))
                .with("castSlots", numbers(1, key.size(), i -> cast("c" + (tenants + i), key.get(i - 1)) + " AS k" + i))
                .with("groupBy", numbers(1, key.size() + 1, String::valueOf))
                .with("stream", installed.id())
                .with("upsert", upsert(installed))
                .fill();
    }

    static String dependencyChanges(InstalledLayout layout, InstalledDependency dependency, int limit) {
        InstalledStream root = layout.stream(dependency.rootStream());
        List<Column> slots = layout.stream(dependency.stream()).stream().columns();
        return rootRows(SqlTemplate.of("2-sequence/dependency-changes"), root, dependency, limit)
                .with("castSlots", numbers(1, slots.size(), i -> cast("c" + i, slots.get(i - 1)) + " AS d" + i))
                .with("slotsPresent", numbers(1, slots.size(), i -> "c" + i + " IS NOT NULL", " AND "))
                .with("groupBy", numbers(1, slots.size(), String::valueOf))
                .with("stream", dependency.stream())
                .with("dependencySlots", numbers(1, slots.size(), i -> "d" + i))
                .with("hitSlots", numbers(1, slots.size(), i -> "s.d" + i))
                .with("dependencyText", numbers(1, slots.size(), i -> "d" + i + "::text"))
                .with(
                        "join",
                        numbers(
                                1,
                                slots.size(),
                                i -> dependency.rootColumns().get(i - 1).sql("r") + " = s.d" + i,
                                " AND "))
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
                        + numbers(1, key.size(), i -> cast(Sql.literal(position.get(i - 1)), key.get(i - 1))) + ")";
        return rootRows(SqlTemplate.of("2-sequence/fan-out-chunk"), root, dependency, limit)
                .with(
                        "join",
                        numbers(
                                1,
                                slots.size(),
                                i -> dependency.rootColumns().get(i - 1).sql("r") + " = "
                                        + cast(Sql.literal(values.get(i - 1)), slots.get(i - 1)),
                                " AND "))
                .with("after", after)
                .fill();
    }

    static String directoryChanges(InstalledStream installed) {
        return SqlTemplate.of("2-sequence/directory-changes")
                .with("stream", installed.id())
                .fill();
    }

    private static SqlTemplate rootRows(
            SqlTemplate template, InstalledStream root, InstalledDependency dependency, int limit) {
        Stream stream = root.stream();
        List<Column> key = stream.key();
        return template.with("rootTenant", TenantSql.text(stream.tenant(), "r"))
                .with("rootTenantPresent", Sql.and(stream.tenant(), c -> c.sql("r") + " IS NOT NULL"))
                .with("rootKeys", numbers(1, key.size(), i -> key.get(i - 1).sql("r") + " AS k" + i))
                .with("rootKeyOrder", Sql.list(key, c -> c.sql("r")))
                .with("root", stream.table().sql())
                .with("keys", numbers(1, key.size(), i -> "k" + i))
                .with("keysText", numbers(1, key.size(), i -> "k" + i + "::text"))
                .with("keysDescending", numbers(1, key.size(), i -> "k" + i + " DESC"))
                .with("dependency", dependency.id())
                .with("limit", limit)
                .with("upsert", upsert(root));
    }

    private static String upsert(InstalledStream root) {
        return SqlTemplate.of("2-sequence/upsert")
                .with("ledger", root.ledger())
                .with("keys", numbers(1, root.stream().key().size(), i -> "k" + i))
                .fill();
    }

    private static String cast(String text, Column column) {
        return "CAST(" + text + " AS " + column.plainType() + ")";
    }

    private interface Piece {
        String sql(int number);
    }

    private static String numbers(int from, int to, Piece piece) {
        return numbers(from, to, piece, ", ");
    }

    private static String numbers(int from, int to, Piece piece, String separator) {
        return IntStream.rangeClosed(from, to).mapToObj(piece::sql).collect(Collectors.joining(separator));
    }
}
