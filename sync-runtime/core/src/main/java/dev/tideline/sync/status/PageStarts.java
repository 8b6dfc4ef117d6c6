package dev.tideline.sync.status;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Start positions in a long list of targets, so that a distant page is found without reading everything before it. If
 * targets come or go, a page is off by a few targets until this is read again. Immutable.
 *
 * @param starts every {@value #EVERY}th target
 */
record PageStarts(List<Start> starts) {

    static final int EVERY = 500;

    /** Pages are counted from the first target. */
    static final PageStarts NONE = new PageStarts(List.of());

    /**
     * The target after which to start.
     *
     * @param passed number of targets up to and including this one
     */
    record Start(String tenant, String target, long passed) {}

    static PageStarts read(Connection source) throws SQLException {
        return new PageStarts(Jdbc.list(
                source,
                SqlTemplate.text("6-status/page-starts"),
                row -> new Start(row.getString(1), row.getString(2), (long) row.getRow() * EVERY),
                EVERY));
    }

    /** The last start with at most this many targets before it. */
    Start of(long offset) {
        int place = (int) Math.min(offset / EVERY, starts.size());
        return place == 0 ? new Start("", "", 0) : starts.get(place - 1);
    }
}
