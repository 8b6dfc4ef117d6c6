package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * The properties of a table on which a session's statements depend, and which its owner may change at any time.
 *
 * @param fingerprint of everything that each transaction checks again
 * @param interferes whether triggers or rules of its owner may change or discard what is written
 * @param generated mapped columns that the table computes; they are compared instead of written
 * @param identity mapped columns that are GENERATED ALWAYS AS IDENTITY; they can be inserted with OVERRIDING, but not
 *     updated
 */
record TableFacts(String fingerprint, boolean interferes, Set<String> generated, Set<String> identity) {

    /** @param connection in a transaction that holds a lock on the table */
    static TableFacts of(Connection connection, Mapping mapping, TableName table) throws SQLException {
        return Jdbc.one(
                connection,
                SqlTemplate.of("5-apply/table-facts")
                        .with("fingerprint", fingerprint(mapping, table))
                        .with("table", Sql.literal(table.sql()))
                        .with("names", names(mapping))
                        .fill(),
                row -> new TableFacts(
                        row.getString(1),
                        row.getBoolean(2),
                        Set.copyOf(Jdbc.strings(row.getArray(3))),
                        Set.copyOf(Jdbc.strings(row.getArray(4)))));
    }

    /** A condition that the table is unchanged. Its types stay unchanged until the transaction ends. */
    String asPlanned(Mapping mapping, TableName table) {
        return SqlTemplate.of("5-apply/as-planned")
                .with("fingerprint", fingerprint(mapping, table))
                .with("planned", Sql.literal(fingerprint))
                .with("target", table.sql())
                .fill();
    }

    private static String fingerprint(Mapping mapping, TableName table) {
        return SqlTemplate.of("5-apply/fingerprint")
                .with("table", Sql.literal(table.sql()))
                .with("names", names(mapping))
                .fill();
    }

    private static String names(Mapping mapping) {
        return "CAST(ARRAY[" + Sql.list(mapping.columns(), (Column c) -> Sql.literal(c.name())) + "] AS text[])";
    }
}
