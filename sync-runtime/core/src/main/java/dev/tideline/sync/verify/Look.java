package dev.tideline.sync.verify;

import java.util.List;

/**
 * One row as it was seen.
 *
 * @param copies how often its key is there; more than once only at a target whose primary key was dropped
 * @param columnHashes in the order of the mapping's columns
 */
record Look(long rowHash, int copies, List<Long> columnHashes) {

    /** Both are absent, or there with the same values. */
    static boolean same(Look one, Look other) {
        return one == null || other == null ? one == other : one.rowHash == other.rowHash && one.copies == other.copies;
    }

    Look and(Look copy) {
        return new Look(rowHash, copies + copy.copies, columnHashes);
    }
}
