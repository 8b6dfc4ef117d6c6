package dev.tideline.sync.engine;

import dev.tideline.sync.apply.ChangeApplier;
import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.KeyedRows;
import dev.tideline.sync.fetch.RowStream;
import dev.tideline.sync.fetch.Rows;
import dev.tideline.sync.fetch.StatementEndedException;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.DataErrors;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;

/** One step of one mapping in one target: a batch of changes, or a copy. Used within one session. */
final class MappingSync {

    private final TargetRun run;
    private final ChangeFetcher fetcher;
    private final TargetSession session;

    MappingSync(TargetRun run) {
        this.run = run;
        this.fetcher = run.fetcher();
        this.session = run.session();
    }

    /** The result of a step. */
    enum Step {
        /** Nothing was behind the cursor. */
        CAUGHT_UP,
        /** A batch of changes was applied. */
        APPLIED,
        /** A copy was finished; changes may lie behind it. */
        COPIED,
        /** Another worker was faster; the state of the target was read again. */
        OVERTAKEN
    }

    Step step(Mapping mapping, Bounds bounds) throws SQLException {
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
                applyChanges(mapping, definition, state.cursor(), bounds);
            } catch (SQLException e) {
                if (!DataErrors.mayBe(e)) {
                    throw e;
                }
                int parked = run.parking()
                        .batch(session, mapping, definition, state.cursor(), bounds.upTo(), e, run::checkStopping);
                run.listener().parked(run.target(), mapping, parked);
                run.listener().applied(run.target(), mapping, bounds.rows() - parked, 0, bounds.upTo());
            }
            return Step.APPLIED;
        } catch (OvertakenException e) {
            session.forgetStates();
            return Step.OVERTAKEN;
        }
    }

    private void applyChanges(Mapping mapping, String definition, long after, Bounds bounds)
            throws SQLException, OvertakenException {
        long upTo = bounds.upTo();
        try {
            if (bounds.rows() >= run.batchSize()) {
                new Backlog(run).apply(mapping, definition, after, bounds);
            } else {
                try (RowStream rows = Tracing.within(
                        run.span("tideline.fetch", mapping),
                        span -> fetcher.changes(mapping, run.tenant(), after, upTo, run.format(mapping)))) {
                    apply(mapping, definition, after, upTo, rows);
                }
            }
        } catch (StatementEndedException slowTarget) {
            // Repeats the batch with statements that may wait for the target.
            try (KeyedRows rows = Tracing.within(
                    run.span("tideline.fetch", mapping),
                    span -> fetcher.changesInOrder(mapping, run.tenant(), after, upTo, run.format(mapping)))) {
                apply(mapping, definition, after, upTo, rows);
            }
        }
    }

    private void apply(Mapping mapping, String definition, long after, long upTo, Rows rows)
            throws SQLException, OvertakenException {
        ChangeApplier.Applied applied =
                new ChangeApplier(session, run.tracing()).apply(mapping, definition, after, upTo, rows);
        run.listener().applied(run.target(), mapping, applied.rows(), applied.gone(), upTo);
    }

    /**
     * Retries the parked rows of a mapping that is caught up.
     *
     * @return whether more has to be done: the record of parked rows was lost, and a new copy finds them again
     */
    boolean settle(Mapping mapping, Bounds bounds) throws SQLException {
        MappingState state = session.state(mapping);
        String definition = fetcher.definition(mapping, bounds.epoch());
        if (!state.refusals().parked()
                || state.definition().filter(definition::equals).isEmpty()) {
            return false;
        }
        try {
            if (run.parking().settle(session, mapping, definition, run::checkStopping)) {
                return false;
            }
            copy(mapping, definition, state);
            return true;
        } catch (OvertakenException e) {
            session.forgetStates();
            return true;
        }
    }

    private static boolean isCopied(MappingState state, String definition, Bounds bounds) {
        return state.copy().isEmpty()
                && state.definition().filter(definition::equals).isPresent()
                && state.cursor() >= bounds.collected();
    }

    private void copy(Mapping mapping, String definition, MappingState state) throws SQLException, OvertakenException {
        MappingCopy copy = new MappingCopy(run, mapping);
        Tracing.<Void, SQLException, OvertakenException>within(run.span("tideline.copy", mapping), span -> {
            span.setAttribute(Tracing.ROWS, copy.run(definition, state));
            return null;
        });
    }
}
