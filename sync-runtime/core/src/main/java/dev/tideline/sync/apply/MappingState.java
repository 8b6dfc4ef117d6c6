package dev.tideline.sync.apply;

import java.util.List;
import java.util.Optional;

/**
 * Where a mapping stands in one target, as the target's own metadata says.
 *
 * @param cursor last sequence id that was applied; -1: none
 * @param definition what the rows were made with; empty: never copied
 * @param copy a copy that was begun and is not finished
 * @param refusals rows that the cursor or the copy has passed without applying them
 */
public record MappingState(long cursor, Optional<String> definition, Optional<Copy> copy, Refusals refusals) {

    static final MappingState NEW = new MappingState(-1, Optional.empty(), Optional.empty(), Refusals.NONE);

    /** Whether the cursor is here, of rows made so, and no copy runs. */
    boolean standsAt(long at, String madeWith) {
        return cursor == at && definition.filter(madeWith::equals).isPresent() && copy.isEmpty();
    }

    /** Whether this copy runs, and stands where it does. */
    boolean copies(Copy expected) {
        return copy.filter(running -> running.definition().equals(expected.definition())
                        && running.sequenceId() == expected.sequenceId()
                        && running.position().equals(expected.position()))
                .isPresent();
    }

    /**
     * What is known at the target of rows that were parked.
     *
     * @param parked whether the source lists some
     * @param inARow how many were parked with none applied between them
     */
    public record Refusals(boolean parked, int inARow) {

        static final Refusals NONE = new Refusals(false, 0);
    }

    /**
     * An unfinished copy.
     *
     * @param definition what its rows are made with
     * @param sequenceId where it will leave the cursor
     * @param position text of the key of the last row copied; empty: none yet
     * @param rows copied so far
     * @param prune whether rows were there before, of which some may have to go
     */
    public record Copy(String definition, long sequenceId, List<String> position, long rows, boolean prune) {}

    /** How far the mapping has come. */
    public Progress progress() {
        return new Progress(
                cursor,
                copy.map(Copy::sequenceId).orElse(-1L),
                copy.map(Copy::rows).orElse(0L));
    }

    /**
     * How far a mapping was seen to be.
     *
     * @param cursor last sequence id that was applied; -1: none
     * @param copy where the copy that began last will leave the cursor; -1: none
     * @param rows that this copy has copied
     */
    public record Progress(long cursor, long copy, long rows) {

        public static final Progress NONE = new Progress(-1, -1, 0);

        /** Whether the other is further in any respect. */
        public boolean isPassedBy(Progress other) {
            return other.cursor > cursor || copyIsPassedBy(other);
        }

        /** The furthest of both. */
        public Progress and(Progress other) {
            Progress later = copyIsPassedBy(other) ? other : this;
            return new Progress(Math.max(cursor, other.cursor), later.copy, later.rows);
        }

        private boolean copyIsPassedBy(Progress other) {
            return other.copy > copy || other.copy == copy && other.rows > rows;
        }
    }
}
