package dev.tideline.sync.plan;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a target's metadata says of a mapping.
 *
 * @param tenant whose rows they are
 * @param table where they are, as SQL quotes it; null before the first sync
 * @param definition with what they were made; null until they are all there
 * @param copying with what a copy under way makes them; null if none is
 * @param cursor up to where they are
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

    /** The part of {@link #definition} that stands for the mapping itself; empty if there is none. */
    String digest() {
        return definition == null ? "" : definition.split("/")[0];
    }

    /** That its table is left alone, in words. */
    String stays() {
        return "table " + table + " stays as it is and is no longer updated; to remove it, run there: DROP TABLE "
                + table;
    }
}
