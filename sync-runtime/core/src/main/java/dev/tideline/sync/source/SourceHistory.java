package dev.tideline.sync.source;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the source was restored to an older state, or failed over to a server that had not received everything:
 * a target has a sequence id that this source never issued. Then the target's mappings are compared with the source.
 * Once another tenant's target has such an id, too, those of all targets are: a single target's owner may have written
 * the id. Asks once per connection with a target, again after a connection with the source was lost, and whenever ids
 * leap. Safe for use by many threads.
 */
public final class SourceHistory {

    private static final Logger LOG = LoggerFactory.getLogger(SourceHistory.class);

    /**
     * The first id of a term is further than this beyond the previous term's last: ids start from the time in
     * microseconds.
     */
    private static final long LEAP = 100_000;

    private static final String LOST = SqlTemplate.text("4-fetch/lost-history");
    private static final String ANSWER = SqlTemplate.text("4-fetch/answer-lost-history");

    private final SourceDatabase source;
    private final Runnable everybody;
    private final Map<Object, Integer> asked = new WeakHashMap<>(); // guarded by this
    private int connections; // guarded by this

    /**
     * @param everybody runs when all targets have to be compared
     */
    public SourceHistory(SourceDatabase source, Runnable everybody) {
        this.source = source;
        this.everybody = everybody;
    }

    /** Whether the source issued some ids. */
    private enum Verdict {
        KNOWN,
        AHEAD,
        LOST
    }

    /**
     * A target's ids are above all that the source has issued, and the next sequencer will find out why. Try again
     * soon.
     */
    public static final class AheadException extends SQLException {

        AheadException(List<String> ids) {
            super(
                    "the source has not reached the ids " + String.join(", ", ids)
                            + ", which the database has seen; waiting for a sequencer to find out why. If somebody"
                            + " set them by hand, run there: UPDATE tideline_sync_metadata SET"
                            + " last_synced_sequence_id = -1, definition = NULL; then everything is compared",
                    "57P03"); // cannot be used now
        }
    }

    /** Called for a new connection with the source, which may be another server: targets have to be asked again. */
    public synchronized void connected() {
        connections++;
    }

    /** Called when a target's metadata was read again, and may contain ids that this source never issued. */
    public synchronized void askAgain(Object session) {
        asked.remove(session);
    }

    /**
     * Whether {@link #lost} has to be called before the next batches are applied.
     *
     * @param session the connection with the target, compared by identity and held weakly
     * @param leap largest distance from the target's cursors to the end of the next batches
     */
    public synchronized boolean toBeAsked(Object session, long leap) {
        return leap > LEAP || !Integer.valueOf(connections).equals(asked.get(session));
    }

    /**
     * Whether a target has ids that this source never issued. If so, the target has to be compared with the source, and
     * what was read from the source before must not be used.
     *
     * @param session the connection with the target
     * @param tenant of the target
     * @param target its name in messages
     * @param seen ids up to which its rows are current
     * @throws AheadException if that is not known yet
     */
    public boolean lost(Object session, String tenant, String target, List<Long> seen) throws SQLException {
        int now = connections();
        List<String> ids = seen.stream().distinct().map(String::valueOf).toList();
        try (Connection connection = source.connection()) {
            Verdict verdict = Jdbc.one(connection, LOST, row -> Verdict.valueOf(row.getString(1)), ids);
            switch (verdict) {
                case KNOWN -> remember(session, now);
                case AHEAD -> throw new AheadException(ids);
                case LOST -> witnessed(connection, tenant, target, ids);
            }
            return verdict == Verdict.LOST;
        }
    }

    private synchronized int connections() {
        return connections;
    }

    private synchronized void remember(Object session, int at) {
        asked.put(session, at);
    }

    private void witnessed(Connection connection, String tenant, String target, List<String> ids) throws SQLException {
        LOG.warn(
                "{} has seen ids that this source never gave ({}): the source was restored to an older state or failed over"
                        + " to a server that lagged, or somebody changed tideline_sync_metadata there. It is compared"
                        + " with the source",
                target,
                String.join(", ", ids));
        if (Jdbc.one(connection, ANSWER, row -> row.getBoolean(1), tenant, ids)) {
            LOG.warn("other tenants' external databases have seen such ids, too: the source is in an older state than "
                    + "before. Every mapping of every external database is compared with it");
            everybody.run();
        }
    }
}
