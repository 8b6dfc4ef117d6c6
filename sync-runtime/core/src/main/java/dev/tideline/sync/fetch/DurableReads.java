package dev.tideline.sync.fetch;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes sure that a crash of the source cannot undo what a target has received. An application that commits with {@code
 * synchronous_commit = off} shows its rows before they are in the log on disk. If such a row were fetched and the
 * source then lost it in a crash, the row would stay in the target, because no change would ever announce its loss.
 */
final class DurableReads {

    private static final String UNSEQUENCED = SqlTemplate.text("4-fetch/unsequenced");
    private static final String FLUSH_LOG = SqlTemplate.text("4-fetch/flush-log");

    private DurableReads() {}

    /**
     * Returns once everything that was visible at the time of the call would survive a crash. Asks for a flush only if
     * something was committed since the last pass, because a pass flushes all earlier commits.
     */
    static void ensure(SourceDatabase source) throws SQLException {
        if (anythingUnsequenced(source)) {
            try (Connection connection = source.connection()) {
                Jdbc.execute(connection, FLUSH_LOG);
            }
        }
    }

    /** Runs in a session that skips the dead versions of the sequencer's row quickly. */
    private static boolean anythingUnsequenced(SourceDatabase source) throws SQLException {
        try (Connection connection = source.bookkeeping()) {
            return Jdbc.one(connection, UNSEQUENCED, row -> row.getBoolean(1));
        }
    }
}
