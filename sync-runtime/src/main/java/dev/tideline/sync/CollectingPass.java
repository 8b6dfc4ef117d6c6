package dev.tideline.sync;

import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.loop.Pass;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Rounds through the ledgers, with a rest before each. Whoever starts has a backlog to see to; reading a whole ledger would
 * take a core from that. Used by one thread.
 */
final class CollectingPass implements Pass {

    private final LedgerCollector collector;
    private final Duration rest;
    private final LongSupplier clock;
    private long due;

    /**
     * @param rest between the end of a round and the next
     * @param clock a monotonic one, in nanoseconds
     */
    CollectingPass(LedgerCollector collector, Duration rest, LongSupplier clock) {
        this.collector = collector;
        this.rest = rest;
        this.clock = clock;
        this.due = clock.getAsLong() + rest.toNanos();
    }

    /** A step at a time and each right after the other, until the round is done. */
    @Override
    public Next runOnce() throws SQLException {
        if (clock.getAsLong() - due < 0) {
            return new Next.Idle();
        }
        if (collector.runOnce() == LedgerCollector.Step.MORE) {
            return new Next.Busy(0, true);
        }
        due = clock.getAsLong() + rest.toNanos();
        return new Next.Idle();
    }
}
