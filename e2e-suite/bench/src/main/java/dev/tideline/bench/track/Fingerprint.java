package dev.tideline.bench.track;

import dev.tideline.e2e.ServerAddress;
import java.sql.SQLException;

/**
 * The number of rows and the sum of their hashes: equal if the rows are equal, and otherwise with a probability of 1 in
 * 2^64.
 */
public final class Fingerprint {

    /** Over the rows of {@code item}. */
    static final String HASHES = "coalesce(sum(hashtextextended(concat_ws('|', id, tenancy_id, name,"
            + " amount, active, extract(epoch FROM changed_at), coalesce(note, '~')), 0)), 0)";

    private Fingerprint() {}

    /**
     * @param table or whatever else follows {@code FROM}
     */
    public static String of(ServerAddress server, String database, String table) throws SQLException {
        return server.text(database, "SELECT count(*) || ' rows, ' || " + HASHES + " FROM " + table);
    }
}
