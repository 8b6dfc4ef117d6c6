package dev.tideline.sync.engine;

import dev.tideline.sync.apply.ChangeApplier;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.ReadAhead;
import dev.tideline.sync.mapping.Mapping;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a backlog of one mapping, batch after batch, and reads each batch while the previous one is applied. Every
 * batch is a transaction of its own that compares the cursor, so a batch that was read ahead is void if another worker
 * has moved the cursor. Used within one session.
 */
record Backlog(TargetRun run) {

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

    /** Batches after which the target's other mappings get their turn. */
    private static final int MOST_BATCHES = 16;

    /**
     * Applies a full batch and the batches behind it.
     *
     * @throws SQLException if the first batch fails. A later failure is left to the next step, whose first batch it
     *     will be
     */
    void apply(Mapping mapping, String definition, long after, Bounds first) throws SQLException, OvertakenException {
        ChangeApplier applier = new ChangeApplier(run.session(), run.tracing());
        long cursor = after;
        try (ReadAhead ahead = ReadAhead.start(
                run.fetcher(),
                mapping,
                run.tenant(),
                run.format(mapping),
                after,
                first,
                run.batchSize(),
                MOST_BATCHES)) {
            for (ReadAhead.Batch batch = ahead.next(); batch != null; batch = ahead.next()) {
                run.checkStopping();
                Bounds bounds = batch.bounds();
                if (!definition.equals(run.fetcher().definition(mapping, bounds.epoch()))
                        || bounds.collected() > batch.after()) {
                    return; // a copy is needed, as the next step finds out
                }
                ChangeApplier.Applied applied = applier.apply(mapping, definition, batch.after(), bounds.upTo(), batch);
                cursor = bounds.upTo();
                run.listener().applied(run.target(), mapping, applied.rows(), applied.gone(), cursor);
            }
        } catch (SQLException e) {
            if (cursor == after) {
                throw e;
            }
            run.session().rollback(e);
            LOG.debug(
                    "{} {}: a batch behind {} failed; it is tried again alone",
                    run.target(),
                    mapping.name(),
                    cursor,
                    e);
        }
    }
}
