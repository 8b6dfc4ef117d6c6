package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.Rows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Copies a tenant's rows into a target in chunks, each committed together with the key it came to; so that a copy that
 * was cut off goes on from there. Rows that change meanwhile have higher sequence ids than the copy leaves the cursor
 * at, and follow. Used within one session.
 */
public final class TableCopier {

    /** The state of an error about a unique index. */
    private static final String DOUBLED = "23505";

    private final TargetSession session;
    private final Mapping mapping;

    public TableCopier(TargetSession session, Mapping mapping) {
        this.session = session;
        this.mapping = mapping;
    }

    /**
     * Begins a copy, or begins it anew.
     *
     * @param sequenceId everything up to it was visible before the first row is read
     */
    public MappingState.Copy begin(String definition, long sequenceId) throws SQLException {
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        try {
            TargetKey key = key(table);
            boolean keyless = !key.present();
            if (keyless) {
                // A first copy of ours that was cut off, and whose rows are not wanted any more.
                Jdbc.execute(connection, "TRUNCATE " + table.name().sql());
            }
            boolean prune = Jdbc.one(
                    connection, "SELECT EXISTS (SELECT 1 FROM " + table.name().sql() + ")", row -> row.getBoolean(1));
            if (!prune && !keyless && table.made()) {
                key.drop();
            }
            Jdbc.update(
                    connection,
                    session.sql("5-apply/begin-copy"),
                    mapping.name(),
                    session.database().tenant(),
                    definition,
                    sequenceId,
                    prune);
            session.commit();
            MappingState.Copy copy = new MappingState.Copy(definition, sequenceId, List.of(), 0, prune);
            remember(copy, MappingState.Refusals.NONE);
            return copy;
        } catch (SQLException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * Copies one chunk.
     *
     * @return where the copy stands now; empty when there were no more rows
     * @throws OvertakenException if another worker has gone on with this copy
     */
    public Optional<MappingState.Copy> chunk(MappingState.Copy copy, Rows rows, long limit)
            throws SQLException, OvertakenException {
        byte[] first = rows.next();
        if (first == null) {
            return Optional.empty();
        }
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        try {
            lock(connection, copy);
            byte[][] last = {first};
            long count = CopyPump.pump(
                    rows,
                    first,
                    connection,
                    copy.prune() ? table.copyIntoStageAsPresent(rows.format()) : table.copyIntoTable(rows.format()),
                    limit,
                    row -> last[0] = row);
            if (copy.prune()) {
                Jdbc.update(connection, table.merge());
            }
            List<String> position = rows.format().firstFields(last[0], mapping.key());
            Jdbc.update(
                    connection,
                    session.sql("5-apply/record-copy"),
                    TargetSession.positionText(position),
                    count,
                    mapping.name());
            session.commit();
            MappingState.Copy next = new MappingState.Copy(
                    copy.definition(), copy.sequenceId(), position, copy.rows() + count, copy.prune());
            remember(
                    next,
                    new MappingState.Refusals(session.state(mapping).refusals().parked(), 0));
            return Optional.of(next);
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * Sees to it that rows can be merged: builds the table's key, should it lack.
     *
     * @return the copy; begun again if a key had come twice
     */
    public MappingState.Copy withKey(MappingState.Copy copy) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        try {
            TargetKey key = key(table);
            if (!key.present()) {
                lock(session.connection(), copy);
                key.add();
            }
            session.commit();
            return copy;
        } catch (SQLException e) {
            session.rollback(e);
            if (DOUBLED.equals(e.getSQLState())) {
                return restartWithKey(table, copy);
            }
            throw e;
        } catch (OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * Writes some rows of the copy, wherever it stands, and leaves it there. May be repeated.
     *
     * @return how many rows there were
     * @throws OvertakenException if another worker has gone on with this copy
     */
    public long merge(MappingState.Copy copy, Rows rows) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        try {
            lock(connection, copy);
            long count = CopyPump.pump(
                    rows, null, connection, table.copyIntoStageAsPresent(rows.format()), Long.MAX_VALUE, row -> {});
            Jdbc.update(connection, table.merge());
            session.commit();
            return count;
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * Moves a copy on to a key up to which all rows are merged or parked.
     *
     * @param parked whether some were parked
     * @param inARow how many were, with none merged between them
     */
    public MappingState.Copy moveTo(
            MappingState.Copy copy, List<String> position, long rows, boolean parked, int inARow)
            throws SQLException, OvertakenException {
        Connection connection = session.connection();
        try {
            lock(connection, copy);
            Jdbc.update(
                    connection,
                    session.sql("5-apply/move-copy"),
                    TargetSession.positionText(position),
                    rows,
                    parked,
                    inARow,
                    mapping.name());
            session.commit();
            MappingState before = session.state(mapping);
            MappingState.Copy next = new MappingState.Copy(
                    copy.definition(), copy.sequenceId(), position, copy.rows() + rows, copy.prune());
            remember(next, new MappingState.Refusals(parked || before.refusals().parked(), inARow));
            return next;
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /** Removes what the source does not have, where rows were there before the copy. */
    public void prune(MappingState.Copy copy, Rows keys) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        try {
            lock(connection, copy);
            Jdbc.execute(connection, table.createKeys());
            CopyPump.pump(keys, null, connection, table.copyKeys(keys.format()), Long.MAX_VALUE, row -> {});
            Jdbc.execute(connection, "ANALYZE " + table.keysTable());
            Jdbc.update(connection, table.prune());
            finish(copy);
            session.commit();
            finished(copy);
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * Ends a copy that has nothing to remove. If a key came twice (a select may give that, and so may tables that
     * inherit), the table's key cannot be built; then the copy begins again in a table that has its key from the start,
     * where those rows are met one by one.
     *
     * @return the copy that has begun again; empty when it is whole
     */
    public Optional<MappingState.Copy> finishUnpruned(MappingState.Copy copy) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        try {
            lock(session.connection(), copy);
            TargetKey key = key(table);
            if (!key.present()) {
                key.add();
            }
            finish(copy);
            session.commit();
            finished(copy);
            return Optional.empty();
        } catch (SQLException e) {
            session.rollback(e);
            if (DOUBLED.equals(e.getSQLState())) {
                return Optional.of(restartWithKey(table, copy));
            }
            throw e;
        } catch (OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    /**
     * The copy in a table that has its key, which merging needs: as it stands, or begun again where a key came twice.
     *
     * @throws OvertakenException if another worker has gone on with this copy
     */
    public MappingState.Copy keyed(MappingState.Copy copy) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        try {
            lock(session.connection(), copy);
            TargetKey key = key(table);
            if (!key.present()) {
                key.add();
            }
            session.commit();
            return copy;
        } catch (SQLException e) {
            session.rollback(e);
            if (DOUBLED.equals(e.getSQLState())) {
                return restartWithKey(table, copy);
            }
            throw e;
        } catch (OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    private MappingState.Copy restartWithKey(TargetTable table, MappingState.Copy copy)
            throws SQLException, OvertakenException {
        Connection connection = session.connection();
        try {
            lock(connection, copy);
            Jdbc.execute(connection, "TRUNCATE " + table.name().sql());
            key(table).add();
            Jdbc.update(connection, session.sql("5-apply/restart-copy"), mapping.name());
            session.commit();
            MappingState.Copy again =
                    new MappingState.Copy(copy.definition(), copy.sequenceId(), List.of(), 0, copy.prune());
            remember(again, session.state(mapping).refusals());
            return again;
        } catch (SQLException | OvertakenException | RuntimeException e) {
            session.rollback(e);
            throw e;
        }
    }

    private TargetKey key(TargetTable table) {
        return new TargetKey(session.connection(), table.name().sql(), mapping.key());
    }

    private void lock(Connection connection, MappingState.Copy copy) throws SQLException, OvertakenException {
        int ours = Jdbc.update(
                connection,
                session.sql("5-apply/advance-copy"),
                mapping.name(),
                copy.definition(),
                copy.sequenceId(),
                TargetSession.positionText(copy.position()));
        if (ours != 1) {
            throw new OvertakenException(mapping.name());
        }
    }

    private void finish(MappingState.Copy copy) throws SQLException {
        Jdbc.update(
                session.connection(),
                session.sql("5-apply/finish-copy"),
                mapping.name(),
                copy.definition(),
                copy.sequenceId());
    }

    private void finished(MappingState.Copy copy) throws SQLException {
        MappingState before = session.state(mapping);
        session.setState(
                mapping,
                new MappingState(
                        Math.max(before.cursor(), copy.sequenceId()),
                        Optional.of(copy.definition()),
                        Optional.empty(),
                        before.refusals()));
    }

    private void remember(MappingState.Copy copy, MappingState.Refusals refusals) throws SQLException {
        MappingState before = session.state(mapping);
        session.setState(mapping, new MappingState(before.cursor(), before.definition(), Optional.of(copy), refusals));
    }
}
