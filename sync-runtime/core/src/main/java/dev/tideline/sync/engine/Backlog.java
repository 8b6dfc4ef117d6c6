package dev.tideline.sync.engine;

import dev.tideline.sync.apply.ChangeApplier;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.ReadAhead;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a backlog of one mapping: batch after batch, each while the next is read. Every batch is a transaction of its
 * own that compares the cursor, so what was read ahead is void as soon as anybody else has moved it. Used within one
 * session.
 */
final class Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** Batches after which the target's other mappings have their turn. */
    private static final int MOST_BATCHES = 16;

    private final ChangeFetcher fetcher;
    private final TargetSession session;
    private final SyncListener listener;
    private final Tracing tracing;
    private final Runnable checkStopping;

    /** @param checkStopping runs before each batch, and ends it all by throwing */
    Backlog(
            ChangeFetcher fetcher,
            TargetSession session,
            SyncListener listener,
            Tracing tracing,
            Runnable checkStopping) {
        this.fetcher = fetcher;
        this.session = session;
        this.listener = listener;
        this.tracing = tracing;
        this.checkStopping = checkStopping;
    }

    /**
     * Applies a full batch and those behind it.
     *
     * @param size what the first batch was limited to
     * @throws SQLException if the first batch fails. A later one that does is left to the next step, which meets it as its first
     */
    void apply(Mapping mapping, String tenant, String definition, long after, Bounds first, int size)
            throws SQLException, OvertakenException {
        ChangeApplier applier = new ChangeApplier(session, tracing);
        long cursor = after;
        try (ReadAhead ahead = ReadAhead.start(
                fetcher,
                mapping,
                tenant,
                session.format(mapping, fetcher.sourceMajor()),
                after,
                first,
                size,
                MOST_BATCHES)) {
            for (ReadAhead.Batch batch = ahead.next(); batch != null; batch = ahead.next()) {
                checkStopping.run();
                Bounds bounds = batch.bounds();
                if (!definition.equals(fetcher.definition(mapping, bounds.epoch()))
                        || bounds.collected() > batch.after()) {
                    return; // a copy is wanted, which the next step finds out
                }
                ChangeApplier.Applied applied = applier.apply(mapping, definition, batch.after(), bounds.upTo(), batch);
                cursor = bounds.upTo();
                listener.applied(session.database(), mapping, applied.rows(), applied.gone(), cursor);
            }
        } catch (SQLException e) {
            if (cursor == after) {
                throw e;
            }
            session.rollback(e);
            LOG.debug(
                    "{} {}: a batch behind {} failed; it is tried again alone",
                    session.database(),
                    mapping.name(),
                    cursor,
                    e);
        }
    }
}
