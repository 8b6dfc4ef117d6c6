package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of a row's key columns, in the order of the mapping's key. A part is null only at a target whose primary key
 * was dropped. In statements, keys are a table {@code k} of texts.
 */
public record RowKey(List<String> parts) {

    public RowKey {
        parts = Collections.unmodifiableList(new ArrayList<>(parts));
    }

    boolean complete() {
        return !parts.contains(null);
    }

    /** Reads a key's text from consecutive columns. */
    static RowKey read(ResultSet row, int firstColumn, int parts) throws SQLException {
        List<String> key = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            key.add(row.getString(firstColumn + i));
        }
        return new RowKey(key);
    }

    /** The names of a key's parts in our queries. */
    static List<String> names(int width) {
        return IntStream.rangeClosed(1, width).mapToObj(i -> "k" + i).toList();
    }

    /**
     * The parameters of the templates that look for these keys: {@code keyArrays}, {@code keyAliases}, {@code keyNames}.
     */
    static Map<String, String> table(Collection<RowKey> keys, int width) {
        List<String> names = names(width);
        Map<String, String> parts = new HashMap<>();
        parts.put("keyNames", Sql.list(names, n -> "k." + n));
        parts.put("keyAliases", Sql.list(names, n -> n));
        parts.put("keyArrays", Sql.list(positions(width), i -> "pg_catalog.unnest(" + array(keys, i) + ")"));
        return parts;
    }

    /**
     * A condition that a row has one of the keys in that table.
     *
     * @param columns SQL for the row's key columns
     * @param types of these columns, in the same order
     * @param exact columns whose equal values may have different texts, which then have to be equal as well
     * @param byText whether some key may be no valid value of these types; then no index can be used
     */
    static String match(List<String> columns, List<String> types, List<String> exact, boolean byText) {
        return Sql.and(positions(columns.size()), i -> {
            String column = columns.get(i);
            String key = "k.k" + (i + 1);
            String sameText = column + "::text COLLATE pg_catalog.\"C\" = " + key;
            String equal = column + " = CAST(" + key + " AS " + types.get(i) + ")";
            return byText ? sameText : exact.contains(column) ? equal + " AND " + sameText : equal;
        });
    }

    private static List<Integer> positions(int width) {
        return IntStream.range(0, width).boxed().toList();
    }

    private static String array(Collection<RowKey> keys, int position) {
        return keys.stream()
                .map(key -> Sql.literal(key.parts().get(position)))
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }

    @Override
    public String toString() {
        return String.join(", ", parts.stream().map(String::valueOf).toList());
    }
}
