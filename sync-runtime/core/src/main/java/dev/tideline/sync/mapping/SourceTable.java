package dev.tideline.sync.mapping;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One relation of the source.
 *
 * @param kind {@code pg_class.relkind}
 * @param temporary whether it exists in one session only
 * @param unlogged whether a crash of the server empties it or a partition of it
 * @param isOurs whether our role has its owner's rights
 * @param rowsHidden whether row-level security hides rows from our role
 * @param columns by name, in their order
 * @param uniqueKeys sets of columns with a unique index over all rows, the primary key first
 */
public record SourceTable(
        TableName name,
        String kind,
        boolean temporary,
        boolean unlogged,
        String owner,
        boolean mayUseSchema,
        boolean maySelect,
        boolean isOurs,
        boolean rowsHidden,
        Map<String, SourceColumn> columns,
        List<Set<String>> uniqueKeys) {

    public SourceTable {
        columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        uniqueKeys = List.copyOf(uniqueKeys);
    }

    /**
     * A column.
     *
     * @param notNull whether it cannot be NULL
     * @param virtual whether it is computed when it is read; a trigger sees NULL in it
     */
    public record SourceColumn(Column column, boolean notNull, boolean virtual) {}

    /** Whether a trigger can see every change: true for plain and partitioned tables. */
    public boolean canBeTracked() {
        return (kind.equals("r") || kind.equals("p")) && !temporary;
    }

    /** Whether rows can be read from it at all. */
    public boolean canBeRead() {
        return canBeTracked() || kind.equals("v") || kind.equals("m") || kind.equals("f");
    }

    /** Its kind in words, with an article. */
    public String kindInWords() {
        return switch (kind) {
            case "r", "p" -> temporary ? "a temporary table" : "a table";
            case "v" -> "a view";
            case "m" -> "a materialized view";
            case "f" -> "a foreign table";
            case "S" -> "a sequence";
            case "i", "I" -> "an index";
            case "c" -> "a composite type";
            default -> "no table";
        };
    }

    /** Whether these columns together identify a row. */
    public boolean isUnique(Collection<String> names) {
        return uniqueKeys.stream().anyMatch(names::containsAll);
    }
}
