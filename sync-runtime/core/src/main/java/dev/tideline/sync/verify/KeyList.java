package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keys as a table {@code k} of texts in a statement.
 *
 * @param width number of parts of a key
 */
record KeyList(Collection<RowKey> keys, int width) {

    /** The parameters of the templates that use it: {@code keyArrays}, {@code keyAliases}, {@code keyNames}. */
    Map<String, String> parts() {
        List<String> names = SideScan.names(width);
        Map<String, String> parts = new HashMap<>();
        parts.put("keyNames", Sql.list(names, n -> "k." + n));
        parts.put("keyAliases", Sql.list(names, n -> n));
        parts.put("keyArrays", Sql.list(positions(), i -> "pg_catalog.unnest(" + array(i) + ")"));
        return parts;
    }

    /**
     * A condition that a row has one of the keys.
     *
     * @param columns SQL for the row's key columns
     * @param types of these columns, in the same order
     * @param exact columns whose equal values may have different texts, which then have to be equal as well
     * @param byText whether some key may be no valid value of these types; then no index can be used
     */
    String match(List<String> columns, List<String> types, List<String> exact, boolean byText) {
        return Sql.and(positions(), i -> {
            String column = columns.get(i);
            String key = "k.k" + (i + 1);
            String sameText = column + "::text COLLATE pg_catalog.\"C\" = " + key;
            String equal = column + " = CAST(" + key + " AS " + types.get(i) + ")";
            return byText ? sameText : exact.contains(column) ? equal + " AND " + sameText : equal;
        });
    }

    private List<Integer> positions() {
        return IntStream.range(0, width).boxed().toList();
    }

    private String array(int position) {
        return keys.stream()
                .map(key -> Sql.literal(key.parts().get(position)))
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }
}
