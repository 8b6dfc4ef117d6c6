package dev.tideline.sync.apply;

import java.util.List;
import java.util.Optional;

/**
 * Where a mapping stands in one target, according to the target's own metadata.
 *
 * @param cursor last sequence id applied; -1: none
 * @param definition with which its rows were copied; empty if never copied
 * @param copy a copy that was begun and not finished
 * @param refusals rows that the cursor or the copy has passed without applying them
 */
public record MappingState(long cursor, Optional<String> definition, Optional<Copy> copy, Refusals refusals) {

    static final MappingState NEW = new MappingState(-1, Optional.empty(), Optional.empty(), Refusals.NONE);

    /** Whether the cursor is at this id, its rows have this definition, and no copy is unfinished. */
    boolean standsAt(long at, String madeWith) {
        return cursor == at && definition.filter(madeWith::equals).isPresent() && copy.isEmpty();
    }

    /** Whether this copy is unfinished, at the same position. */
    boolean copies(Copy expected) {
        return copy.filter(running -> running.definition().equals(expected.definition())
                        && running.sequenceId() == expected.sequenceId()
                        && running.position().equals(expected.position()))
                .isPresent();
    }

    /**
     * What the target records of parked rows.
     *
     * @param parked whether the source lists any
     * @param inARow how many were parked in a row without one that was applied
     */
    public record Refusals(boolean parked, int inARow) {

        static final Refusals NONE = new Refusals(false, 0);
    }

    /**
     * An unfinished copy.
     *
     * @param definition of its rows
     * @param sequenceId where the cursor will be after it
     * @param position text of the key of the last row copied; empty: none yet
     * @param rows copied so far
     * @param prune whether there were rows before, some of which may have to be deleted
     */
    public record Copy(String definition, long sequenceId, List<String> position, long rows, boolean prune) {}

    public Progress progress() {
        return new Progress(
                cursor,
                copy.map(Copy::sequenceId).orElse(-1L),
                copy.map(Copy::rows).orElse(0L));
    }

    /**
     * The progress of a mapping at some time.
     *
     * @param cursor last sequence id applied; -1: none
     * @param copy where the latest copy will leave the cursor; -1: none
     * @param rows that this copy has copied
     */
    public record Progress(long cursor, long copy, long rows) {

        public static final Progress NONE = new Progress(-1, -1, 0);

        /** Whether the other is ahead in any respect. */
        public boolean isPassedBy(Progress other) {
            return other.cursor > cursor || copyIsPassedBy(other);
        }

        /** The maximum of both. */
        public Progress and(Progress other) {
            Progress later = copyIsPassedBy(other) ? other : this;
            return new Progress(Math.max(cursor, other.cursor), later.copy, later.rows);
        }

        private boolean copyIsPassedBy(Progress other) {
            return other.copy > copy || other.copy == copy && other.rows > rows;
        }
    }
}
