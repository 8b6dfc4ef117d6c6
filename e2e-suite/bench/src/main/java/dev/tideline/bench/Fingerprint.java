package dev.tideline.bench;

import dev.tideline.e2e.ServerAddress;
import java.sql.SQLException;

/** The number of rows and the sum of their hashes: equal if, but for an accident of 1 in 2^64, the rows are equal. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(ServerAddress server, String database) throws SQLException {
        return server.text(
                database,
                "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(concat_ws('|', id, tenancy_id, name,"
                        + " amount, active, extract(epoch FROM changed_at), coalesce(note, '~')), 0)), 0) FROM item");
    }
}
