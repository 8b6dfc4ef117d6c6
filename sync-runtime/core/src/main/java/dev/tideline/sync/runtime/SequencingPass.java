package dev.tideline.sync.runtime;

import dev.tideline.sync.loop.Doorbell;
import dev.tideline.sync.loop.Pace;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.sequence.Sequencer;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A runtime's passes of the second stage, and the requests that they make to capture: to ring while this runtime
 * sleeps, and to spare the application a NOTIFY on every commit while it works, is paused or has ended. Safe for use by
 * many threads: one pass runs at a time.
 */
public final class SequencingPass implements Pass, Pace.HeldBack {

    private static final Logger LOG = LoggerFactory.getLogger(SequencingPass.class);

    private static final long ASK_AGAIN = Doorbell.RUNG_FOR.dividedBy(3).toNanos();

    private final SyncPipeline pipeline;
    private final Sequencer sequencer;
    private final SourceDatabase source;
    private final Doorbell doorbell;
    private volatile boolean leading;
    private boolean paused;
    private boolean rung;
    private long asked;
    private volatile boolean caughtUp;
    private final ProcessEntry process;
    private final boolean sleeps;

    /**
     * @param sleeps whether a loop runs this and wants to be woken while it sleeps
     */
    public SequencingPass(SyncPipeline pipeline, Doorbell doorbell, ProcessEntry process, boolean sleeps) {
        this.pipeline = pipeline;
        this.doorbell = doorbell;
        this.process = process;
        this.sleeps = sleeps;
        this.sequencer = pipeline.sequencer();
        this.source = pipeline.source();
    }

    @Override
    public synchronized Next runOnce() throws SQLException {
        PassResult result = pipeline.sequence();
        caughtUp = !(result instanceof PassResult.Sequenced sequenced && sequenced.more());
        if (sequencer.leading() != leading) {
            leading = !leading;
            LOG.info(leading ? "this runtime sequences" : "another runtime sequences");
            if (leading) {
                try (Connection connection = source.connection()) {
                    process.leads(connection);
                }
                // Whatever the former leader left: ask to be woken, and look once more.
                ring(true);
                return new Next.Busy(0, true);
            }
            doorbell.rest();
        }
        if (result instanceof PassResult.Paused != paused) {
            paused = !paused;
            ring(!paused);
            return new Next.Busy(0, !paused);
        }
        if (rung && System.nanoTime() - asked > ASK_AGAIN) {
            ring(true);
        }
        if (result instanceof PassResult.Sequenced sequenced) {
            return new Next.Busy(sequenced.changes() + sequenced.rows(), sequenced.more());
        }
        return result instanceof PassResult.Nothing nothing && nothing.writersOpen()
                ? new Next.Watchful()
                : new Next.Idle();
    }

    /** Whether the last pass left nothing for an immediate next one. Safe for any thread. */
    public boolean caughtUp() {
        return caughtUp;
    }

    /** Whether this runtime sequences. Safe for any thread. */
    public boolean leading() {
        return leading;
    }

    /** Under load the loop keeps its interval and capture need not ring; otherwise it should. */
    @Override
    public synchronized void changed(boolean heldBack) throws SQLException {
        ring(!heldBack);
    }

    private void ring(boolean wanted) throws SQLException {
        if (!sleeps || !sequencer.leading()) {
            return;
        }
        try (Connection connection = source.connection()) {
            if (wanted) {
                rung = doorbell.enable(connection) == Doorbell.Wakes.LATER;
                sequencer.rungFrom(rung ? Doorbell.nextXid(connection) : 0);
            } else {
                doorbell.disable(connection);
                rung = false;
                sequencer.rungFrom(Long.MAX_VALUE);
            }
            asked = System.nanoTime();
        }
    }

    /** Gives up the right to sequence until the next pass. */
    public synchronized void release() throws SQLException {
        sequencer.close();
        leading = false;
    }

    /** Nobody listens from now on, and a NOTIFY on every commit costs the application half of its speed. */
    public synchronized void end() {
        try {
            ring(false);
        } catch (SQLException e) {
            LOG.debug("the bell stays on for a while: {}", e.toString());
        }
    }
}
