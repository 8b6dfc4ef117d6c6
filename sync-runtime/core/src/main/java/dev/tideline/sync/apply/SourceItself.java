package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Finds out whether a target is the source's own database, under whatever address, and a mapping would write to a table that
 * is read there: comparing such a table with one tenant's rows would delete the application's other rows.
 */
public final class SourceItself {

    private SourceItself() {}

    /**
     * Looks.
     *
     * @param target in a transaction, which holds an advisory lock afterwards
     * @param schema in which its tables without a schema lie
     * @return what is wrong, and what to do about it
     */
    public static Optional<String> problem(Connection target, Connection source, String schema, List<Mapping> mappings)
            throws SQLException {
        Optional<Mapping> overwriting = mappings.stream()
                .filter(mapping -> isRead(mapping.target().inSchema(schema), mappings))
                .findFirst();
        if (overwriting.isEmpty() || !isSame(target, source)) {
            return Optional.empty();
        }
        return Optional.of("this is the source itself, and the mapping \""
                + overwriting.get().name() + "\" would write to the table "
                + overwriting.get().target().inSchema(schema)
                + " that is read there. Name another database, or a schema: ?currentSchema=name");
    }

    private static boolean isRead(TableName table, List<Mapping> mappings) {
        return mappings.stream()
                .flatMap(mapping -> Stream.concat(
                        Stream.of(mapping.table()),
                        mapping.dependencies().stream().map(Mapping.Dependency::table)))
                .anyMatch(table::equals);
    }

    /** Addresses may differ, so the source is asked whether it sees a lock that the target's session takes. */
    private static boolean isSame(Connection target, Connection source) throws SQLException {
        long mark = ThreadLocalRandom.current().nextLong();
        Jdbc.one(target, "SELECT pg_advisory_xact_lock_shared(?)", row -> true, mark);
        return Jdbc.one(source, SqlTemplate.text("4-fetch/holds-mark"), row -> row.getBoolean(1), mark);
    }
}
