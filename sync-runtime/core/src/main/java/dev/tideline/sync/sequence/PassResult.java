package dev.tideline.sync.sequence;

/** The result of one pass of the sequencer. */
public sealed interface PassResult {

    /**
     * Changes were sequenced.
     *
     * @param changes captured changes that were read
     * @param rows ledger rows with a new sequence id
     * @param tenants tenants with a request, counted once per table
     * @param more whether there is more to do at once: changes beyond this pass, or an unfinished fan-out
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

    /** The sequencer is paused. */
    record Paused() implements PassResult {}
}
