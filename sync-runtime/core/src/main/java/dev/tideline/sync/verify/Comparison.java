package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Mapping;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What to compare.
 *
 * @param tenant the tenant's id as text
 * @param flow of changes between the two; {@link Flow#NONE} if nothing is installed
 */
public record Comparison(Mapping mapping, String tenant, Connections source, Connections target, Flow flow) {

    /**
     * A source of connections to one side; the caller closes them. At most two are open while verifying, and a third at the
     * target while repairing.
     */
    @FunctionalInterface
    public interface Connections {
        /** A connection of its own, pooled or not. */
        Connection open() throws SQLException;
    }
}
