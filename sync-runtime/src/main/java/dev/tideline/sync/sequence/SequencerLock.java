package dev.tideline.sync.sequence;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The right to sequence: an advisory lock of the session that all passes run in. It ends with the session, whatever ends
 * that, and a pass that had not committed by then never will. Used by one thread.
 */
final class SequencerLock implements AutoCloseable {

    static final long KEY = Sequencer.LOCK_KEY;

    private final SourceDatabase source;
    private Connection session;
    private boolean leading;

    SequencerLock(SourceDatabase source) {
        this.source = source;
    }

    /** The session that holds the lock; empty while another one does. */
    Optional<Connection> tryAcquire() throws SQLException {
        if (session == null) {
            session = source.dedicated("sequencer");
            // The change tables have no statistics, and would be read whole by every look (2 s after 100,000 changes).
            Jdbc.execute(session, "SET enable_seqscan = off");
        }
        if (!leading) {
            leading = Jdbc.one(session, "SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), KEY);
        }
        return leading ? Optional.of(session) : Optional.empty();
    }

    boolean held() {
        return leading;
    }

    /** Ends the session, and with it the lock. */
    @Override
    public void close() throws SQLException {
        Connection ending = session;
        session = null;
        leading = false;
        if (ending != null) {
            ending.close();
        }
    }
}
