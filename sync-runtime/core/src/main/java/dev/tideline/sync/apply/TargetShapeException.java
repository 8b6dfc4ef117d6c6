package dev.tideline.sync.apply;

import java.sql.SQLException;

/** A target's table is not what the mapping needs, and not ours to change. The message says what to do. */
public final class TargetShapeException extends SQLException {

    /**
     * The error for a database that has another tenant's rows.
     *
     * @param theirs tenant whose rows are there
     * @param ours tenant whose rows should be there
     */
    public static String ofAnotherTenant(String theirs, String schema, String ours) {
        return "this database has the rows of tenant " + theirs + " in schema " + schema
                + ", and Tideline never mixes the rows of two tenants. Give tenant " + ours
                + " another database or currentSchema; or, if it should belong to this tenant from now on, drop"
                + " tideline_sync_metadata and the tables there";
    }

    TargetShapeException(String message) {
        super(message, "42P16");
    }
}
