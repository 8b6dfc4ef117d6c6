package dev.tideline.directory.http;

import java.util.List;
import java.util.Optional;

/**
 * A list, or a page of one.
 *
 * @param nextCursor the {@code cursor} of the next page; empty on the last one
 */
public record Items<T>(List<T> items, Optional<String> nextCursor) {

    /** A list without pages. */
    public static <T> Items<T> all(List<T> items) {
        return new Items<>(items, Optional.empty());
    }
}
