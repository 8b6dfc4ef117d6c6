package dev.tideline.sync.fetch;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps a crash of the source from undoing what a target has been given. An application that commits with
 * {@code synchronous_commit = off} shows its rows before they are in the log on disk; a row that was fetched in between and
 * is then forgotten by the source would stay in the target, and no change would ever tell of it.
 */
final class DurableReads {

    private static final String UNSEQUENCED = SqlTemplate.text("4-fetch/unsequenced");
    private static final String FLUSH_LOG = SqlTemplate.text("4-fetch/flush-log");

    private DurableReads() {}

    /**
     * Returns once everything that was visible when it was called would survive a crash. Asks for a flush only where
     * something committed since the last pass: all else was flushed by the pass.
     */
    static void ensure(SourceDatabase source) throws SQLException {
        if (anythingUnsequenced(source)) {
            try (Connection connection = source.connection()) {
                Jdbc.execute(connection, FLUSH_LOG);
            }
        }
    }

    /** In a session that finds the sequencer's row past its dead versions. */
    private static boolean anythingUnsequenced(SourceDatabase source) throws SQLException {
        try (Connection connection = source.bookkeeping()) {
            return Jdbc.one(connection, UNSEQUENCED, row -> row.getBoolean(1));
        }
    }
}
