package dev.tideline.sync.runtime;

import dev.tideline.sync.loop.Pass;
import java.sql.SQLException;
import java.time.Duration;

/** Renews the leases of this runtime's claims, and takes over those of dead runtimes. Used by one thread. */
public final class LeasePass implements Pass {

    private final SyncPipeline pipeline;
    private final Duration lease;
    private long renewed = System.nanoTime();

    /**
     * @param lease how long a claim lasts; it is renewed after a third of that
     */
    public LeasePass(SyncPipeline pipeline, Duration lease) {
        this.pipeline = pipeline;
        this.lease = lease;
    }

    @Override
    public Next runOnce() throws SQLException {
        long now = System.nanoTime();
        if (now - renewed > lease.dividedBy(3).toNanos()) {
            renewed = now;
            pipeline.handler().renewLeases(lease);
        }
        if (pipeline.requests().reclaimDead() > 0) {
            pipeline.pollerSignal().ring();
        }
        return new Next.Idle();
    }
}
