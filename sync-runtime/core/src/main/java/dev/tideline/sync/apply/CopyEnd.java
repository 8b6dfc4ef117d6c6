package dev.tideline.sync.apply;

import dev.tideline.sync.fetch.KeyedRows;
import dev.tideline.sync.fetch.Rows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;

/**
 * The end of a copy, when its rows are written: builds the table's key if it is missing, and removes rows that the
 * source does not have. Used within one session.
 */
public final class CopyEnd {

    /** SQLSTATE of a duplicate key. */
    private final TargetSession session;

    private final Mapping mapping;
    private final CopyRecord record;

    public CopyEnd(TargetSession session, Mapping mapping) {
        this.session = session;
        this.mapping = mapping;
        this.record = new CopyRecord(session, mapping);
    }

    /** Removes rows that the source does not have, if there were any rows before the copy, and ends the copy. */
    public void prune(MappingState.Copy copy, Rows keys) throws SQLException, OvertakenException {
        prune(copy, () -> stage(keys));
    }

    /** A tenant's keys, in ranges. */
    public interface KeyRanges {

        /** The keys of the next rows after a key, in order. Includes rows that the mapping's filter leaves out. */
        List<List<String>> next(List<String> behind) throws SQLException;

        /** The keys of the mapping's rows after one key, up to another. */
        KeyedRows between(List<String> behind, List<String> upTo) throws SQLException;

        /** Whether a failure may be the fault of a single key. */
        boolean mayBeAKeys(SQLException failure);
    }

    /** The same if the target's key columns cannot hold some of the keys: then none of its rows has such a key. */
    public void prune(MappingState.Copy copy, KeyRanges ranges) throws SQLException, OvertakenException {
        prune(copy, () -> {
            List<String> behind = List.of();
            for (List<List<String>> keys = ranges.next(behind); !keys.isEmpty(); keys = ranges.next(behind)) {
                stage(ranges, behind, keys);
                behind = keys.get(keys.size() - 1);
            }
        });
    }

    private void stage(KeyRanges ranges, List<String> behind, List<List<String>> keys) throws SQLException {
        Savepoint before = session.connection().setSavepoint();
        try (KeyedRows rows = ranges.between(behind, keys.get(keys.size() - 1))) {
            stage(rows);
            session.connection().releaseSavepoint(before);
        } catch (SQLException e) {
            if (!ranges.mayBeAKeys(e)) {
                throw e;
            }
            session.connection().rollback(before);
            if (keys.size() > 1) {
                int middle = keys.size() / 2;
                stage(ranges, behind, keys.subList(0, middle));
                stage(ranges, keys.get(middle - 1), keys.subList(middle, keys.size()));
            }
        }
    }

    private void stage(Rows keys) throws SQLException {
        TargetTable table = session.table(mapping);
        CopyPump.pump(keys, null, session.connection(), table.copyKeys(keys.format()), Long.MAX_VALUE, row -> {});
    }

    private void prune(MappingState.Copy copy, Rest keys) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        Connection connection = session.connection();
        record.ifOurs(copy, () -> {
            Jdbc.execute(connection, table.createKeys());
            keys.run();
            Jdbc.execute(connection, "ANALYZE " + table.keysTable());
            Optional<WrittenRows> watch = session.watch(table);
            long deleted = Jdbc.update(connection, table.prune());
            if (watch.isPresent()) {
                watch.get().checkPruned(deleted);
            }
            record.finish(copy);
            return copy;
        });
        record.finished(copy);
    }

    /**
     * Ends a copy that has nothing to remove. If a key came twice (a select may return that, and so may tables that
     * inherit), the table's key cannot be built. Then the copy starts again in a table that has its key from the start,
     * and handles those rows one by one.
     *
     * @return the restarted copy; empty when the copy is complete
     */
    public Optional<MappingState.Copy> finish(MappingState.Copy copy) throws SQLException, OvertakenException {
        TargetTable table = session.table(mapping);
        Optional<MappingState.Copy> again = unlessDoubled(table, copy, () -> record.finish(copy));
        if (again.isEmpty()) {
            record.finished(copy);
        }
        return again;
    }

    /**
     * Makes sure that the table has its key, which merging needs.
     *
     * @return the copy as it stands, or restarted if a key came twice
     * @throws OvertakenException if another worker has continued this copy
     */
    public MappingState.Copy keyed(MappingState.Copy copy) throws SQLException, OvertakenException {
        return unlessDoubled(session.table(mapping), copy, () -> {}).orElse(copy);
    }

    private interface Rest {
        void run() throws SQLException;
    }

    /** Builds the key and does the rest in one transaction, or restarts the copy. */
    private Optional<MappingState.Copy> unlessDoubled(TargetTable table, MappingState.Copy copy, Rest rest)
            throws SQLException, OvertakenException {
        try {
            record.ifOurs(copy, () -> {
                TargetKey key = table.key(session.connection());
                if (!key.present()) {
                    key.add();
                }
                rest.run();
                return copy;
            });
            return Optional.empty();
        } catch (SQLException e) {
            if (SqlState.UNIQUE_VIOLATION.is(e)) {
                return Optional.of(restart(table, copy));
            }
            throw e;
        }
    }

    private MappingState.Copy restart(TargetTable table, MappingState.Copy copy)
            throws SQLException, OvertakenException {
        record.ifOurs(copy, () -> {
            Jdbc.execute(session.connection(), "TRUNCATE " + table.name().sql());
            table.key(session.connection()).add();
            record.restart();
            return copy;
        });
        return record.restarted(copy);
    }
}
