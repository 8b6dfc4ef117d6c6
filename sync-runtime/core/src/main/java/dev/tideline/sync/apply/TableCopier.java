package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.Rows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Copies a tenant's rows into a target in chunks. Each chunk is committed together with its last key, so that an
 * interrupted copy continues from there. Rows that change meanwhile have higher sequence ids than the cursor after the
 * copy, and follow later. {@link CopyEnd} does what comes after the last row. Used within one session.
 */
public final class TableCopier {

    private final TargetSession session;
    private final Mapping mapping;
    private final CopyRecord record;

    public TableCopier(TargetSession session, Mapping mapping) {
        this.session = session;
        this.mapping = mapping;
        this.record = new CopyRecord(session, mapping);
    }

    /**
     * Begins a copy, or restarts it.
     *
     * @param sequenceId everything up to it was visible before the first row is read
     */
    public MappingState.Copy begin(String definition, long sequenceId) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        return record.begun(record.inTransaction(() -> {
            MappingState.Copy copy = new MappingState.Copy(definition, sequenceId, List.of(), 0, makeReady(table));
            record.begin(copy);
            return copy;
        }));
    }

    /**
     * @return whether the table has rows, so that those missing in the source have to be removed at the end
     */
    private boolean makeReady(TargetTable table) throws SQLException {
        TargetKey key = table.key(session.connection());
        if (!key.present()) {
            // A first copy of ours was interrupted, and its rows are no longer wanted.
            Jdbc.execute(session.connection(), "TRUNCATE " + table.name().sql());
            return false;
        }
        boolean rows = Jdbc.one(
                session.connection(),
                "SELECT EXISTS (SELECT 1 FROM " + table.name().sql() + ")",
                row -> row.getBoolean(1));
        if (!rows && table.made() && !table.watched()) {
            key.drop();
        }
        return rows;
    }

    /**
     * Copies one chunk.
     *
     * @return where the copy stands now; empty if there were no more rows
     * @throws OvertakenException if another worker has continued this copy
     */
    public Optional<MappingState.Copy> chunk(MappingState.Copy copy, Rows rows, long limit)
            throws SQLException, OvertakenException {
        byte[] first = rows.next();
        if (first == null) {
            return Optional.empty();
        }
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        boolean staged = copy.prune() || table.watched();
        byte[][] last = {first};
        long count = record.ifOurs(copy, () -> {
            long written = CopyPump.pump(
                    rows,
                    first,
                    connection,
                    staged ? table.copyIntoStageAsPresent(rows.format()) : table.copyIntoTable(rows.format()),
                    limit,
                    row -> last[0] = row);
            if (staged) {
                merge(table);
            }
            record.move(position(rows, last[0]), written);
            return written;
        });
        return Optional.of(record.moved(copy, position(rows, last[0]), count, false, 0));
    }

    private void merge(TargetTable table) throws SQLException {
        Optional<WrittenRows> watch = session.watch(table);
        long written = Jdbc.update(session.connection(), table.merge());
        if (watch.isPresent()) {
            watch.get().check(written);
        }
    }

    private List<String> position(Rows rows, byte[] row) {
        return rows.format().firstFields(row, mapping.key());
    }

    /**
     * Writes some rows of the copy without changing its position. May be repeated.
     *
     * @return the number of rows
     * @throws OvertakenException if another worker has continued this copy
     */
    public long merge(MappingState.Copy copy, Rows rows) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        return record.ifOurs(copy, () -> {
            long count = CopyPump.pump(
                    rows, null, connection, table.copyIntoStageAsPresent(rows.format()), Long.MAX_VALUE, row -> {});
            merge(table);
            return count;
        });
    }

    /**
     * Moves a copy to a key up to which all rows are merged or parked.
     *
     * @param parked whether any row was parked
     * @param inARow how many were parked in a row without one that was merged
     */
    public MappingState.Copy moveTo(
            MappingState.Copy copy, List<String> position, long rows, boolean parked, int inARow)
            throws SQLException, OvertakenException {
        record.ifOurs(copy, () -> {
            record.move(position, rows, parked, inARow);
            return rows;
        });
        return record.moved(copy, position, rows, parked, inARow);
    }
}
