package dev.tideline.sync.verify;

import java.util.List;

/**
 * One row at the time of a look.
 *
 * @param copies how many rows have its key; more than one only at a target whose primary key was dropped
 * @param columnHashes in the order of the mapping's columns
 */
record RowSnapshot(long rowHash, int copies, List<Long> columnHashes) {

    /** Whether both are absent, or present with the same values. */
    static boolean same(RowSnapshot one, RowSnapshot other) {
        return one == null || other == null ? one == other : one.rowHash == other.rowHash && one.copies == other.copies;
    }

    RowSnapshot and(RowSnapshot copy) {
        return new RowSnapshot(rowHash, copies + copy.copies, columnHashes);
    }
}
