package dev.tideline.sync.plan;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a target's metadata says about a mapping.
 *
 * @param tenant of the rows
 * @param table that holds them, quoted; null before the first sync
 * @param definition of the rows; null until the copy is complete
 * @param copying definition of a copy in progress; null if there is none
 * @param cursor of the rows
 */
record KnownMapping(String tenant, String table, String definition, String copying, long cursor) {

    /** All of one schema of a target, by mapping. */
    static Map<String, KnownMapping> in(Connection target, String schema) throws SQLException {
        String metadata = Sql.identifier(schema) + ".tideline_sync_metadata";
        Map<String, KnownMapping> known = new TreeMap<>();
        if (Jdbc.one(target, "SELECT to_regclass(?) IS NOT NULL", row -> row.getBoolean(1), metadata)) {
            Jdbc.list(
                    target,
                    "SELECT mapping_name, tenant, table_name, definition, copy_definition, last_synced_sequence_id FROM "
                            + metadata,
                    row -> known.put(
                            row.getString(1),
                            new KnownMapping(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getLong(6))));
        }
        return known;
    }

    /** The part of {@link #definition} that identifies the mapping itself; empty if there is none. */
    String digest() {
        return definition == null ? "" : definition.split("/")[0];
    }

    /** States that its table is left alone. */
    String stays() {
        return "table " + table + " stays as it is and is no longer updated; to remove it, run there: DROP TABLE "
                + table;
    }
}
