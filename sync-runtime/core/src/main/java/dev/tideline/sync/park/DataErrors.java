package dev.tideline.sync.park;

import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.jdbc.OwnersError;
import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;
import java.util.Set;

/**
 * Which failures may be the fault of a single row. Those of the server, the session or its resources are not, unless the
 * owner's code raised them. Everything else may be, since the input function of a type may look a value up in the
 * catalogue, and triggers raise any error. If the whole table may be the cause as well, a row is at fault only if another
 * row can be applied.
 */
public final class DataErrors {

    /**
     * Classes of SQLSTATE: connection, transaction state (read-only), authorization, no such database, rollback
     * (deadlocks), resources, cancelling and shutting down, system, configuration.
     */
    private static final Set<String> NEVER_A_ROW = Set.of("08", "25", "28", "3D", "40", "53", "57", "58", "F0");

    /** Classes: feature, no such schema, syntax and rights and names of the catalogue, state of an object. */
    private static final Set<String> TABLE_OR_ROW = Set.of("0A", "3F", "42", "55");

    private static final Set<String> UNTRANSLATABLE = Set.of("22021", "22P05");

    /**
     * A lock that was not available; and what our own code raises: another shape of the target's table, another type of
     * a column.
     */
    private static final Set<String> THE_TABLES = Set.of("55P03", "42P16", "42804");

    private DataErrors() {}

    /** Whether it makes sense to search for bad rows. */
    public static boolean mayBe(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && state.length() == 5
                && (OwnersError.is(e) || !isTheServers(state) && !THE_TABLES.contains(state));
    }

    /** Whether the target's encoding lacks a character. */
    static boolean isUntranslatable(SQLException e) {
        return isAValues(e) && UNTRANSLATABLE.contains(e.getSQLState());
    }

    /** Whether the target cannot store some value. */
    public static boolean isAValues(SQLException e) {
        return !(e instanceof FetchException) && SqlState.isAValues(e);
    }

    /**
     * Whether every row may fail in the same way: because a table is gone, for example; but also a value that names a
     * missing table.
     */
    public static boolean mayBeTheTables(SQLException e) {
        return TABLE_OR_ROW.contains(e.getSQLState().substring(0, 2)) || isTheServers(e.getSQLState());
    }

    private static boolean isTheServers(String state) {
        return NEVER_A_ROW.contains(state.substring(0, 2));
    }
}
