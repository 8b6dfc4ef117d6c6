package dev.tideline.sync.engine;

import dev.tideline.sync.apply.ChangeApplier;
import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.KeyedRows;
import dev.tideline.sync.fetch.RowStream;
import dev.tideline.sync.fetch.Rows;
import dev.tideline.sync.fetch.StatementEndedException;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.DataErrors;
import dev.tideline.sync.park.Parking;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.trace.SpanBuilder;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** One step of one mapping in one target: a batch of changes, or a copy. Used within one session. */
final class MappingSync {

    private final ChangeFetcher fetcher;
    private final Parking parking;
    private final TargetSession session;
    private final int batchSize;
    private final SyncListener listener;
    private final Tracing tracing;
    private final BooleanSupplier stopping;

    /** @param batchSize what batches were limited to when their bounds were asked for */
    MappingSync(
            ChangeFetcher fetcher,
            Parking parking,
            TargetSession session,
            int batchSize,
            SyncListener listener,
            Tracing tracing,
            BooleanSupplier stopping) {
        this.fetcher = fetcher;
        this.parking = parking;
        this.session = session;
        this.batchSize = batchSize;
        this.listener = listener;
        this.tracing = tracing;
        this.stopping = stopping;
    }

    /** What a step came to. */
    enum Step {
        /** Nothing was behind the cursor. */
        CAUGHT_UP,
        /** A batch of changes was applied. */
        APPLIED,
        /** A copy was finished; changes may lie behind it. */
        COPIED,
        /** Another worker was faster; what is known of the target was read again. */
        OVERTAKEN
    }

    /** Takes one step. */
    Step step(Mapping mapping, String tenant, Bounds bounds) throws SQLException {
        String definition = fetcher.definition(mapping, bounds.epoch());
        MappingState state = session.state(mapping);
        try {
            boolean copied = isCopied(state, definition, bounds);
            if (copied && bounds.rows() == 0) {
                return Step.CAUGHT_UP;
            }
            session.prepare(mapping);
            state = session.state(mapping);
            if (!isCopied(state, definition, bounds)) {
                copy(mapping, definition, state);
                return Step.COPIED;
            }
            try {
                applyChanges(mapping, tenant, definition, state.cursor(), bounds);
            } catch (SQLException e) {
                if (!DataErrors.mayBe(e)) {
                    throw e;
                }
                int parked = parking.batch(
                        session, mapping, definition, state.cursor(), bounds.upTo(), e, this::checkStopping);
                listener.parked(session.database(), mapping, parked);
                listener.applied(session.database(), mapping, bounds.rows() - parked, 0, bounds.upTo());
            }
            return Step.APPLIED;
        } catch (OvertakenException e) {
            session.forgetStates();
            return Step.OVERTAKEN;
        }
    }

    private void applyChanges(Mapping mapping, String tenant, String definition, long after, Bounds bounds)
            throws SQLException, OvertakenException {
        long upTo = bounds.upTo();
        try {
            if (bounds.rows() >= batchSize) {
                new Backlog(fetcher, session, listener, tracing, this::checkStopping)
                        .apply(mapping, tenant, definition, after, bounds, batchSize);
            } else {
                try (RowStream rows = Tracing.within(
                        span("tideline.fetch", mapping),
                        span -> fetcher.changes(mapping, tenant, after, upTo, format(mapping)))) {
                    apply(mapping, definition, after, upTo, rows);
                }
            }
        } catch (StatementEndedException slowTarget) {
            // The batch again, from statements that the target may let wait.
            try (KeyedRows rows = Tracing.within(
                    span("tideline.fetch", mapping),
                    span -> fetcher.changesInOrder(mapping, tenant, after, upTo, format(mapping)))) {
                apply(mapping, definition, after, upTo, rows);
            }
        }
    }

    private void apply(Mapping mapping, String definition, long after, long upTo, Rows rows)
            throws SQLException, OvertakenException {
        ChangeApplier.Applied applied =
                new ChangeApplier(session, tracing).apply(mapping, definition, after, upTo, rows);
        listener.applied(session.database(), mapping, applied.rows(), applied.gone(), upTo);
    }

    /**
     * Looks after the parked rows of a mapping that is caught up.
     *
     * @return whether more has to be done: which rows are parked was lost, and a copy was made that finds them again
     */
    boolean settle(Mapping mapping, String tenant, Bounds bounds) throws SQLException {
        MappingState state = session.state(mapping);
        String definition = fetcher.definition(mapping, bounds.epoch());
        if (!state.refusals().parked()
                || state.definition().filter(definition::equals).isEmpty()) {
            return false;
        }
        try {
            if (parking.settle(session, mapping, definition, this::checkStopping)) {
                return false;
            }
            copy(mapping, definition, state);
            return true;
        } catch (OvertakenException e) {
            session.forgetStates();
            return true;
        }
    }

    private void checkStopping() {
        if (stopping.getAsBoolean()) {
            throw new StoppedException();
        }
    }

    private static boolean isCopied(MappingState state, String definition, Bounds bounds) {
        return state.copy().isEmpty()
                && state.definition().filter(definition::equals).isPresent()
                && state.cursor() >= bounds.collected();
    }

    private void copy(Mapping mapping, String definition, MappingState state) throws SQLException, OvertakenException {
        MappingCopy copy = new MappingCopy(fetcher, parking, session, mapping, listener, this::checkStopping);
        Tracing.<Void, SQLException, OvertakenException>within(span("tideline.copy", mapping), span -> {
            span.setAttribute(Tracing.ROWS, copy.run(definition, state));
            return null;
        });
    }

    private SpanBuilder span(String name, Mapping mapping) {
        return tracing.span(name).setAttribute(Tracing.MAPPING, mapping.name());
    }

    private CopyFormat format(Mapping mapping) throws SQLException {
        return session.format(mapping, fetcher.sourceMajor());
    }
}
