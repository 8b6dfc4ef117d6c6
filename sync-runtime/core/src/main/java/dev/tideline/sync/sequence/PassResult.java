package dev.tideline.sync.sequence;

/** What one pass of the sequencer did. */
public sealed interface PassResult {

    /**
     * Changes were sequenced.
     *
     * @param changes captured changes that were read
     * @param rows ledger rows that got a new sequence id
     * @param tenants tenants with a request, counted once per table
     * @param more whether more is to be done at once: changes behind those of this pass, or an unfinished fan-out
     */
    record Sequenced(long changes, long rows, long tenants, boolean more) implements PassResult {}

    /**
     * There was nothing new.
     *
     * @param writersOpen whether transactions are open that may have captured something and will not ring
     */
    record Nothing(boolean writersOpen) implements PassResult {}

    /** Another runtime is the sequencer; this one stands by. */
    record StandBy() implements PassResult {}

    /** The fuse is off. */
    record SwitchedOff() implements PassResult {}
}
