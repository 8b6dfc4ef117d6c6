package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.Rows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;

/** Applies one batch of changes: cursor, staging, deletes and merge in one transaction. Used within one session. */
public final class ChangeApplier {

    private final TargetSession session;
    private final Tracing tracing;

    public ChangeApplier(TargetSession session) {
        this(session, Tracing.NONE);
    }

    public ChangeApplier(TargetSession session, Tracing tracing) {
        this.session = session;
        this.tracing = tracing;
    }

    /**
     * @param rows that were staged
     * @param gone how many of them were deleted at the source
     */
    public record Applied(long rows, long gone) {}

    /**
     * Applies a batch.
     *
     * @param after where the cursor has to stand
     * @param upTo where it stands afterwards
     * @throws OvertakenException if it stood elsewhere; nothing was changed
     */
    public Applied apply(Mapping mapping, String definition, long after, long upTo, Rows rows)
            throws SQLException, OvertakenException {
        return Tracing.<Applied, SQLException, OvertakenException>within(
                tracing.span("tideline.apply").setAttribute(Tracing.MAPPING, mapping.name()), span -> {
                    Applied applied = inTransaction(mapping, definition, after, upTo, rows);
                    span.setAttribute(Tracing.ROWS, applied.rows())
                            .setAttribute(Tracing.DELETED, applied.gone())
                            .setAttribute(Tracing.SEQUENCE_ID, upTo);
                    return applied;
                });
    }

    private Applied inTransaction(Mapping mapping, String definition, long after, long upTo, Rows rows)
            throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        try {
            Optional<Long> stored = Jdbc.first(
                    connection,
                    session.sql("5-apply/advance-cursor", table),
                    row -> row.getLong(1),
                    upTo,
                    mapping.name(),
                    after,
                    definition);
            if (stored.isEmpty()) {
                throw session.notMoved(mapping, state -> state.standsAt(after, definition));
            }
            if (stored.get() != upTo) {
                throw session.metadataIsHeld();
            }
            long[] gone = {0};
            int keys = mapping.key().size();
            long count = CopyPump.pump(
                    rows,
                    null,
                    connection,
                    table.copyIntoStage(rows.format()),
                    Long.MAX_VALUE,
                    row -> gone[0] += rows.format().flagAfter(row, keys) ? 1 : 0);
            Optional<WrittenRows> watch = session.watch(table);
            long written = gone[0] > 0 ? Jdbc.update(connection, table.deleteGone()) : 0;
            String merge = count > gone[0] ? table.merge() : null;
            if (watch.isPresent()) {
                written += merge == null ? 0 : Jdbc.update(connection, merge);
                watch.get().check(written);
                session.commit();
            } else if (merge != null) {
                session.commitWith(merge);
            } else {
                session.commit();
            }
            session.setState(
                    mapping,
                    new MappingState(
                            upTo,
                            Optional.of(definition),
                            Optional.empty(),
                            new MappingState.Refusals(
                                    session.state(mapping).refusals().parked(), 0)));
            return new Applied(count, gone[0]);
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * Moves the cursor past rows that were applied one by one, or parked.
     *
     * @param parked whether any row was parked
     * @param inARow how many were parked in a row without one that was applied
     * @throws OvertakenException if the cursor stood elsewhere
     */
    public void pass(Mapping mapping, String definition, long after, long upTo, boolean parked, int inARow)
            throws SQLException, OvertakenException {
        moved(
                mapping,
                definition,
                upTo,
                new MappingState.Refusals(
                        parked || session.state(mapping).refusals().parked(), inARow),
                state -> state.standsAt(after, definition),
                () -> Jdbc.update(
                        session.connection(),
                        session.sql("5-apply/pass-parked"),
                        upTo,
                        parked,
                        inARow,
                        mapping.name(),
                        after,
                        definition));
    }

    /** Records that no row is parked any more, unless the cursor has moved since that was found. */
    public void noneParked(Mapping mapping, String definition, long cursor) throws SQLException, OvertakenException {
        moved(
                mapping,
                definition,
                cursor,
                MappingState.Refusals.NONE,
                state -> state.cursor() == cursor && state.copy().isEmpty(),
                () -> Jdbc.update(session.connection(), session.sql("5-apply/none-parked"), mapping.name(), cursor));
    }

    private interface Move {
        int rows() throws SQLException;
    }

    /**
     * @param before whether the mapping stands where the update expects it
     */
    private void moved(
            Mapping mapping,
            String definition,
            long cursor,
            MappingState.Refusals refusals,
            Predicate<MappingState> before,
            Move move)
            throws SQLException, OvertakenException {
        try {
            if (move.rows() != 1) {
                throw session.notMoved(mapping, before);
            }
            session.commit();
            session.setState(mapping, new MappingState(cursor, Optional.of(definition), Optional.empty(), refusals));
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }
}
