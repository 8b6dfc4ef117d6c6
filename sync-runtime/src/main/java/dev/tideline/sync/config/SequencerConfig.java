package dev.tideline.sync.config;

import java.time.Duration;

/**
 * The pace of the sequencer.
 *
 * @param interval pause between passes under load; default 50 ms, minimum 1 ms. Idle backs off to 1 s, the doorbell wakes
 * @param batchSize root rows of a fan-out that one pass takes; default 5,000, minimum 1
 */
public record SequencerConfig(Duration interval, int batchSize) {

    public static final SequencerConfig DEFAULT = new SequencerConfig(Duration.ofMillis(50), 5_000);
}
