package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.SqlTemplate;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The time at the source up to which everything has arrived.
 *
 * @param through that time, as a text; null if unknown
 * @param moved mappings that have just received something
 * @param caughtUp all mappings that miss nothing
 */
public record Completeness(String through, Collection<String> moved, Collection<String> caughtUp) {

    static final Completeness UNKNOWN = new Completeness(null, Set.of(), Set.of());

    /**
     * The statement that records it in the metadata, with a semicolon at its end; empty if there is nothing to record.
     */
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
