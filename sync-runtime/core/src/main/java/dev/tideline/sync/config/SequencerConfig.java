package dev.tideline.sync.config;

import java.time.Duration;

/**
 * The pace of the sequencer.
 *
 * @param interval pause between passes under load; default 50 ms, 1 ms to 1 h. An idle sequencer backs off to 1 s, and
 *     a change wakes it
 * @param batchSize root rows of a fan-out that one pass takes; default 5,000, 1 to 1,000,000
 * @param doorbell how a change wakes a sleeping sequencer; default {@link Doorbell#AUTO}
 */
public record SequencerConfig(Duration interval, int batchSize, Doorbell doorbell) {

    /** How a change wakes a sleeping sequencer. */
    public enum Doorbell {
        /** As {@link #ON}, unless the source allows prepared transactions. */
        AUTO,
        /** Capture rings with a NOTIFY. A transaction that has rung cannot be prepared. */
        ON,
        /** Capture does not ring. A session of Tideline looks for changes, 50 to 200 times a second. */
        OFF
    }

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofHours(1);
    static final int LARGEST_BATCH = 1_000_000;

    /** 50 ms and 5,000 rows. */
    public static final SequencerConfig DEFAULT = new SequencerConfig(Duration.ofMillis(50), 5_000, Doorbell.AUTO);

    public SequencerConfig {
        Range.check("sequencer.interval", interval, SHORTEST, LONGEST);
        Range.check("sequencer.batch_size", batchSize, 1, LARGEST_BATCH);
    }
}
