package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Single rows of one side, as they are now. Used by one thread. */
final class SideLook {

    private final Session session;
    private final RowSet rows;
    private final RowHash hash;

    /** Keys are found by their text, as some key of the other side is no value of this side's type. */
    private boolean byText;

    SideLook(Session session, RowSet rows, RowHash hash) {
        this.session = session;
        this.rows = rows;
        this.hash = hash;
    }

    /** Work that may read keys more than once over. */
    <T> T look(Session.Work<T> work) {
        try {
            return session.look("rows were looked at again", work);
        } catch (VerifyException e) {
            if (byText || !(e.getCause() instanceof SQLException sql) || !isNoValueOfTheType(sql)) {
                throw e;
            }
            byText = true;
            return session.look("rows were looked at again", work);
        }
    }

    /** The rows with these keys; absent ones are left out. */
    Map<RowKey, Look> at(Connection connection, Collection<RowKey> keys) throws SQLException {
        Map<String, String> parts = parts(keys);
        parts.put("rowHash", hash.of(rows.columns()));
        parts.put("columnHashes", Sql.list(rows.columns(), column -> hash.of(List.of(column))));
        Map<RowKey, Look> looks = new HashMap<>();
        try (Query query = new Query(connection);
                ResultSet row = query.rows(VerifySql.fill("look", parts))) {
            while (row.next()) {
                Look look = new Look(
                        row.getLong(1), 1, List.of((Long[]) row.getArray(2).getArray()));
                looks.merge(RowStream.key(row, 3, rows.keys().size()), look, Look::and);
            }
        }
        return looks;
    }

    /** A COPY of the rows with these keys. */
    String copy(Collection<RowKey> keys) {
        Map<String, String> parts = parts(keys);
        parts.put("columns", Sql.list(rows.columns(), column -> column));
        return VerifySql.fill("copy-rows", parts);
    }

    private Map<String, String> parts(Collection<RowKey> keys) {
        List<String> names = SideScan.names(rows.keys().size());
        List<Integer> positions = IntStream.range(0, names.size()).boxed().toList();
        Map<String, String> parts = new HashMap<>();
        parts.put("from", rows.lookupFrom());
        parts.put("condition", rows.condition());
        parts.put("keyNames", Sql.list(names, n -> "k." + n));
        parts.put("keyAliases", Sql.list(names, n -> n));
        parts.put("keyArrays", Sql.list(positions, i -> "pg_catalog.unnest(" + array(keys, i) + ")"));
        parts.put("match", Sql.and(positions, i -> match(names.get(i), i)));
        return parts;
    }

    private String match(String name, int position) {
        String key = rows.lookupKeys().get(position);
        return byText
                ? key + "::text = k." + name
                : key + " = CAST(k." + name + " AS " + rows.keyTypes().get(position) + ")";
    }

    private static String array(Collection<RowKey> keys, int position) {
        return keys.stream()
                .map(key -> Sql.literal(key.parts().get(position)))
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }

    private static boolean isNoValueOfTheType(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("22");
    }
}
