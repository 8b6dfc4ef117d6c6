package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Up to which time at the source everything has arrived.
 *
 * @param through that time, as a text; null: not known
 * @param moved mappings of which something has just arrived
 * @param caughtUp all mappings of which nothing is missing
 */
public record Completeness(String through, Collection<String> moved, Collection<String> caughtUp) {

    static final Completeness UNKNOWN = new Completeness(null, Set.of(), Set.of());

    /** What writes it into the metadata, with a semicolon behind it; empty where there is nothing to write. */
    String statement(TargetSession session) {
        return through == null || caughtUp.isEmpty()
                ? ""
                : SqlTemplate.of("5-apply/complete-through")
                                .with("schema", Sql.identifier(session.schema()))
                                .with("through", Sql.literal(through))
                                .with("moved", names(moved))
                                .with("caughtUp", names(caughtUp))
                                .fill()
                        + ";\n";
    }

    private static String names(Collection<String> mappings) {
        return "ARRAY[" + mappings.stream().sorted().map(Sql::literal).collect(Collectors.joining(", ")) + "]::text[]";
    }
}
