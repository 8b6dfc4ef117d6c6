package dev.tideline.sync.status;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Places in a long list of targets, so that a page far behind is found without walking all that comes before it. Should
 * targets come or go, a page begins a few targets off until this is read again. Immutable.
 *
 * @param starts every {@value #EVERY}th target
 */
record PageStarts(List<Start> starts) {

    static final int EVERY = 500;

    /** Pages are walked to from the first target. */
    static final PageStarts NONE = new PageStarts(List.of());

    /**
     * Behind which target to begin.
     *
     * @param passed how many targets lie before, this one among them
     */
    record Start(String tenant, String target, long passed) {}

    static PageStarts read(Connection source) throws SQLException {
        return new PageStarts(Jdbc.list(
                source,
                SqlTemplate.text("6-status/page-starts"),
                row -> new Start(row.getString(1), row.getString(2), (long) row.getRow() * EVERY),
                EVERY));
    }

    /** The last start that has no more than so many targets before it. */
    Start of(long offset) {
        int place = (int) Math.min(offset / EVERY, starts.size());
        return place == 0 ? new Start("", "", 0) : starts.get(place - 1);
    }
}
