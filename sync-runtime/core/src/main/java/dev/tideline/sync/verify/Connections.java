package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A source of connections to one side; the caller closes them. At most two are open while verifying, and a third at the
 * target while repairing.
 */
@FunctionalInterface
public interface Connections {

    /** A connection of its own, pooled or not. */
    Connection open() throws SQLException;
}
