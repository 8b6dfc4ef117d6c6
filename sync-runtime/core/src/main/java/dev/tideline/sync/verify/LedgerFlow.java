package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.verify.Comparison.Connections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The flow through Tideline's own pipeline: changes and ledgers in the source's schema {@code tideline}, the cursor in
 * the target's {@code tideline_sync_metadata}. Safe for use by several threads.
 */
public final class LedgerFlow implements Flow {

    private final Mapping mapping;
    private final String tenant;
    private final String target;
    private final int stream;
    private final String targetSchema;

    private LedgerFlow(Mapping mapping, String tenant, String target, int stream, String targetSchema) {
        this.mapping = mapping;
        this.tenant = tenant;
        this.target = target;
        this.stream = stream;
        this.targetSchema = targetSchema;
    }

    /**
     * The flow of one mapping between two databases.
     *
     * @param name of the tenant's external database
     * @return {@link Flow#NONE} if the mapping is not installed in the source
     * @throws VerifyException if one of them cannot be queried
     */
    public static Flow between(Connections source, Connections target, Mapping mapping, String tenant, String name) {
        try (Session sourceSession = Session.open(Side.SOURCE, source);
                Session targetSession = Session.open(Side.TARGET, target)) {
            Optional<String> stream = sourceSession.read(
                    "looking for Tideline's tables",
                    connection -> text(connection, "SELECT to_regclass('tideline.mapping')")
                                    .isEmpty()
                            ? Optional.empty()
                            : text(
                                    connection,
                                    SqlTemplate.of("8-verify/flow-stream")
                                            .with(Map.of("mapping", Sql.literal(mapping.name())))
                                            .fill()));
            String schema = targetSession.server().schema();
            return stream.<Flow>map(id -> new LedgerFlow(mapping, tenant, name, Integer.parseInt(id), schema))
                    .orElse(NONE);
        }
    }

    @Override
    public String mark(Connection source) throws SQLException {
        return text(source, "SELECT pg_current_snapshot()::text").orElseThrow();
    }

    @Override
    public boolean sequencedUpTo(Connection source, String mark) throws SQLException {
        return text(
                        source,
                        SqlTemplate.of("8-verify/flow-sequenced")
                                .with(Map.of("mark", Sql.literal(mark), "stream", String.valueOf(stream)))
                                .fill())
                .filter("t"::equals)
                .isPresent();
    }

    @Override
    public String definition(Connection source) throws SQLException {
        return text(
                        source,
                        SqlTemplate.of("8-verify/flow-definition")
                                .with(Map.of("mapping", Sql.literal(mapping.name())))
                                .fill())
                .orElseThrow(() -> new SQLException("mapping " + mapping.name() + " was uninstalled meanwhile"));
    }

    @Override
    public Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys, boolean byText)
            throws SQLException {
        Map<String, String> parts = RowKey.table(keys, mapping.key().size());
        parts.put("stream", String.valueOf(stream));
        parts.put("tenant", Sql.literal(tenant));
        parts.put(
                "match",
                RowKey.match(
                        RowKey.names(mapping.key().size()).stream()
                                .map(n -> "l." + n)
                                .toList(),
                        mapping.key().stream().map(c -> c.ledgerType()).toList(),
                        List.of(),
                        byText));
        // A key without an entry never changed, or its entry was collected, with an id up to the mark.
        Optional<String> collected = text(
                source, SqlTemplate.of("8-verify/flow-collected").with(parts).fill());
        Map<RowKey, Long> ids = new HashMap<>();
        collected.ifPresent(mark -> keys.forEach(key -> ids.put(key, Long.parseLong(mark))));
        Jdbc.listAsWritten(
                source,
                SqlTemplate.of("8-verify/flow-sequence-ids").with(parts).fill(),
                row -> ids.put(RowKey.read(row, 2, mapping.key().size()), row.getLong(1)));
        return ids;
    }

    @Override
    public Set<RowKey> parked(Connection source, Collection<RowKey> keys) throws SQLException {
        Map<String, String> parts = RowKey.table(keys, mapping.key().size());
        parts.put("tenant", Sql.literal(tenant));
        parts.put("target", Sql.literal(target));
        parts.put("mapping", Sql.literal(mapping.name()));
        return Set.copyOf(Jdbc.listAsWritten(
                source,
                SqlTemplate.of("8-verify/flow-parked").with(parts).fill(),
                row -> RowKey.read(row, 1, mapping.key().size())));
    }

    @Override
    public Position position(Connection target, boolean lock) throws SQLException {
        String table = Sql.identifier(targetSchema) + ".tideline_sync_metadata";
        if (text(target, "SELECT to_regclass(" + Sql.literal(table) + ")").isEmpty()) {
            return Position.FILLING;
        }
        String sql = SqlTemplate.of("8-verify/flow-position")
                .with(Map.of("schema", Sql.identifier(targetSchema), "mapping", Sql.literal(mapping.name())))
                .fill();
        return Jdbc.listAsWritten(
                        target,
                        lock ? sql + " FOR UPDATE" : sql,
                        row -> row.getString(1) == null
                                ? Position.FILLING
                                : new Position(row.getString(1), row.getLong(2)))
                .stream()
                .findFirst()
                .orElse(Position.FILLING);
    }

    private static Optional<String> text(Connection connection, String sql) throws SQLException {
        return Jdbc.listAsWritten(connection, sql, row -> Optional.ofNullable(row.getString(1))).stream()
                .findFirst()
                .flatMap(Function.identity());
    }
}
