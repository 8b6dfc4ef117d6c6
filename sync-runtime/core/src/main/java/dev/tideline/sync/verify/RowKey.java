package dev.tideline.sync.verify;

import java.util.List;

/**
 * The text of a row's key columns, in the order of the mapping's key. A part is null only at a target whose primary key
 * was dropped.
 */
public record RowKey(List<String> parts) {

    public RowKey {
        parts = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(parts));
    }

    boolean complete() {
        return !parts.contains(null);
    }

    @Override
    public String toString() {
        return String.join(", ", parts.stream().map(String::valueOf).toList());
    }
}
