package dev.tideline.sync.apply;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.sql.Jdbc;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What a target's metadata records of one mapping's copy, what the session knows of it, and the transactions that
 * change it. Used within one session.
 */
record CopyRecord(TargetSession session, Mapping mapping) {

    /** Part of a transaction. */
    @FunctionalInterface
    interface Part<T> {
        T run() throws SQLException, OvertakenException;
    }

    /** Runs and commits the part, or rolls it back if it fails. */
    <T> T inTransaction(Part<T> part) throws SQLException, OvertakenException {
        try {
            T result = part.run();
            session.commit();
            return result;
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * The same if the copy still stands where it is expected; meanwhile nobody else can continue it.
     *
     * @throws OvertakenException if another worker has continued it
     */
    <T> T ifOurs(MappingState.Copy copy, Part<T> part) throws SQLException, OvertakenException {
        return inTransaction(() -> {
            int ours = Jdbc.update(
                    session.connection(),
                    session.sql("5-apply/advance-copy", session.table(mapping)),
                    mapping.name(),
                    copy.definition(),
                    copy.sequenceId(),
                    session.positionText(copy.position()));
            if (ours != 1) {
                throw session.notMoved(mapping, state -> state.copies(copy));
            }
            return part.run();
        });
    }

    /** Records the start of a copy. Call {@link #begun} after the commit. */
    void begin(MappingState.Copy copy) throws SQLException {
        update(
                "5-apply/begin-copy",
                mapping.name(),
                session.database().tenant(),
                copy.definition(),
                copy.sequenceId(),
                copy.prune());
    }

    /** Records that all rows up to a key are written. Call {@link #moved} after the commit. */
    void move(List<String> position, long rows) throws SQLException {
        update("5-apply/record-copy", session.positionText(position), rows, mapping.name());
    }

    /** Records that all rows up to a key are written or parked. Call {@link #moved} after the commit. */
    void move(List<String> position, long rows, boolean parked, int inARow) throws SQLException {
        update("5-apply/move-copy", session.positionText(position), rows, parked, inARow, mapping.name());
    }

    /** Records that the copy starts again with the same rows. Call {@link #restarted} after the commit. */
    void restart() throws SQLException {
        update("5-apply/restart-copy", mapping.name());
    }

    /** Records that the copy is complete. Call {@link #finished} after the commit. */
    void finish(MappingState.Copy copy) throws SQLException {
        update("5-apply/finish-copy", mapping.name(), copy.definition(), copy.sequenceId());
    }

    private void update(String template, Object... parameters) throws SQLException {
        if (Jdbc.update(session.connection(), session.sql(template), parameters) != 1) {
            throw session.metadataIsHeld();
        }
    }

    MappingState.Copy begun(MappingState.Copy copy) throws SQLException {
        return remember(copy, MappingState.Refusals.NONE);
    }

    /**
     * @param parked whether any row was parked
     * @param inARow how many were parked in a row without one that was written
     */
    MappingState.Copy moved(MappingState.Copy copy, List<String> position, long rows, boolean parked, int inARow)
            throws SQLException {
        boolean parkedBefore = session.state(mapping).refusals().parked();
        return remember(
                new MappingState.Copy(copy.definition(), copy.sequenceId(), position, copy.rows() + rows, copy.prune()),
                new MappingState.Refusals(parked || parkedBefore, inARow));
    }

    MappingState.Copy restarted(MappingState.Copy copy) throws SQLException {
        return remember(
                new MappingState.Copy(copy.definition(), copy.sequenceId(), List.of(), 0, copy.prune()),
                session.state(mapping).refusals());
    }

    void finished(MappingState.Copy copy) throws SQLException {
        MappingState before = session.state(mapping);
        session.setState(
                mapping,
                new MappingState(
                        Math.max(before.cursor(), copy.sequenceId()),
                        Optional.of(copy.definition()),
                        Optional.empty(),
                        before.refusals()));
    }

    private MappingState.Copy remember(MappingState.Copy copy, MappingState.Refusals refusals) throws SQLException {
        MappingState before = session.state(mapping);
        session.setState(mapping, new MappingState(before.cursor(), before.definition(), Optional.of(copy), refusals));
        return copy;
    }
}
