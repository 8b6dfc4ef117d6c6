package dev.tideline.sync.runtime;

import dev.tideline.sync.collect.LedgerCollector;
import dev.tideline.sync.loop.Pass;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Runs rounds through the ledgers, with a rest between them. After a start there is often a backlog, and reading a
 * whole ledger would take a core away from it. So the first round waits until the backlog is gone, but no longer than a
 * rest, so that a runtime that is restarted often or never catches up collects, too. Used by one thread.
 */
public final class CollectingPass implements Pass {

    private final LedgerCollector collector;
    private final Duration rest;
    private final BooleanSupplier sequenced;
    private final LongSupplier clock;
    private long due;
    private boolean begun;

    /**
     * @param rest between the end of a round and the next
     * @param sequenced whether this runtime's sequencer has caught up with what was captured
     * @param clock a monotonic one, in nanoseconds
     */
    public CollectingPass(LedgerCollector collector, Duration rest, BooleanSupplier sequenced, LongSupplier clock) {
        this.collector = collector;
        this.rest = rest;
        this.sequenced = sequenced;
        this.clock = clock;
        this.due = clock.getAsLong() + rest.toNanos();
    }

    /** One step at a time, without pauses until the round is done. */
    @Override
    public Next runOnce() throws SQLException {
        if (clock.getAsLong() - due < 0 && (begun || behind())) {
            return new Next.Idle();
        }
        begun = true;
        if (collector.runOnce() == LedgerCollector.Step.MORE) {
            due = clock.getAsLong();
            return new Next.Busy(0, true);
        }
        due = clock.getAsLong() + rest.toNanos();
        return new Next.Idle();
    }

    private boolean behind() throws SQLException {
        return !sequenced.getAsBoolean() || collector.backlog();
    }
}
