package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Where the connections of one side come from; whoever asks closes them. Two are open at a time while verifying, a third
 * at the target while repairing.
 */
@FunctionalInterface
public interface Connections {

    /** A connection of its own, pooled or not. */
    Connection open() throws SQLException;
}
