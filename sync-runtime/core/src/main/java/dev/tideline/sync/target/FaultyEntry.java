package dev.tideline.sync.target;

import dev.tideline.sync.config.Problem;

/**
 * An enabled but invalid row of the table of external databases. It is reported, and stops nothing.
 *
 * @param tenant as in the row, cut if it is long; may be NULL
 * @param name likewise
 */
public record FaultyEntry(String tenant, String name, String problem) {

    private static final int SHOWN = 60;

    static FaultyEntry of(ListedRow row, String problem) {
        return new FaultyEntry(cut(row.tenant()), cut(row.name()), problem);
    }

    private static String cut(String text) {
        return text == null || text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** {@code tenant 2, name main: its url is NULL}. */
    @Override
    public String toString() {
        return Problem.printable("tenant " + shown(tenant) + ", name " + shown(name) + ": " + problem);
    }

    private static String shown(String text) {
        return text == null ? "NULL" : text;
    }
}
