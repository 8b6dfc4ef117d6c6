package dev.tideline.sync.sequence;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to sequence: an advisory lock of the session in which all passes run. It ends with the session, whatever
 * ends that, and a pass that has not committed by then never will. Used by one thread.
 */
final class SequencerLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SequencerLock.class);

    static final long KEY = Sequencer.LOCK_KEY;

    private static final String BEGIN_TERM = SqlTemplate.text("2-sequence/begin-term");
    private static final String END_HUNG_LEADER = SqlTemplate.text("2-sequence/end-hung-leader");

    private final SourceDatabase source;
    private final Duration patience;
    private Connection session;
    private boolean leading;

    /**
     * @param patience how long another sequencer's session may be idle before it is ended
     */
    SequencerLock(SourceDatabase source, Duration patience) {
        this.source = source;
        this.patience = patience;
    }

    /** The session that holds the lock; empty while another one does. */
    Optional<Connection> tryAcquire() throws SQLException {
        if (session == null) {
            session = source.dedicated("sequencer");
            // The change tables have no statistics, so every look would scan them (2 s after 100,000 changes).
            Jdbc.execute(session, "SET enable_seqscan = off");
        }
        if (!leading) {
            leading = Jdbc.one(session, "SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), KEY);
            if (leading) {
                beginTerm();
            } else {
                endHungLeader();
            }
        }
        return leading ? Optional.of(session) : Optional.empty();
    }

    /** Leaps over the ids that another history of this source may have issued, before issuing any. */
    private void beginTerm() throws SQLException {
        if (Jdbc.one(session, BEGIN_TERM, row -> row.getBoolean(1))) {
            LOG.warn("the source was restored into another cluster: its transaction ids do not continue those of the"
                    + " former one. Every mapping of every external database is compared with it");
        }
    }

    /** A leader's session runs a statement at least once a second. If it does not, its process hangs. */
    private void endHungLeader() throws SQLException {
        for (int pid :
                Jdbc.list(session, END_HUNG_LEADER, row -> row.getInt(1), KEY, patience.toMillis() + " milliseconds")) {
            LOG.warn(
                    "the sequencer's session {} has not responded for {}; it was terminated, and another session"
                            + " takes over",
                    pid,
                    patience);
        }
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
