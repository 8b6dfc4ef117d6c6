package dev.tideline.sync.park;

import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.jdbc.OwnersError;
import java.sql.SQLException;
import java.util.Set;

/**
 * Which failures may be a row's fault. What the server, the session or its resources fail with is not, unless the owner's
 * code raised it; everything else may be, since a value may need what its type's input looks up in the catalogue, and
 * triggers raise what they like. Where it may as well be the whole table's, a row is at fault only if another one passes.
 */
public final class DataErrors {

    /**
     * Classes of SQLSTATE: connection, transaction state (read-only), authorization, no such database, rollback (deadlocks),
     * resources, cancelling and shutting down, system, configuration.
     */
    private static final Set<String> NEVER_A_ROW = Set.of("08", "25", "28", "3D", "40", "53", "57", "58", "F0");

    /** Classes: feature, no such schema, syntax and rights and names of the catalogue, state of an object. */
    private static final Set<String> TABLE_OR_ROW = Set.of("0A", "3F", "42", "55");

    private static final Set<String> UNTRANSLATABLE = Set.of("22021", "22P05");

    /** A lock that was not had; and what is raised by us: a target's table of another shape, a column of another type. */
    private static final Set<String> THE_TABLES = Set.of("55P03", "42P16", "42804");

    private DataErrors() {}

    /** Whether it is worth looking for the rows at fault. */
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

    /** Whether the target cannot hold some value. */
    public static boolean isAValues(SQLException e) {
        return !(e instanceof FetchException)
                && e.getSQLState() != null
                && e.getSQLState().startsWith("22");
    }

    /** Whether every row may fail with it: a table that is gone, say, and a value that names a table which is not there. */
    public static boolean mayBeTheTables(SQLException e) {
        return TABLE_OR_ROW.contains(e.getSQLState().substring(0, 2)) || isTheServers(e.getSQLState());
    }

    private static boolean isTheServers(String state) {
        return NEVER_A_ROW.contains(state.substring(0, 2));
    }
}
