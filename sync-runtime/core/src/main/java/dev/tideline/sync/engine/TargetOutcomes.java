package dev.tideline.sync.engine;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the outcomes of runs: the health of each target and mapping, which decides when it is tried again, and its
 * state in the source. Safe for use by many threads.
 */
final class TargetOutcomes {

    private static final Logger LOG = LoggerFactory.getLogger(TargetOutcomes.class);

    private final TargetHealth health = new TargetHealth(
            new Backoff(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(60),
                    () -> ThreadLocalRandom.current().nextDouble()),
            System::nanoTime);
    private final FailureLog log = new FailureLog(LOG::warn, System::nanoTime);
    private final TargetStateStore states;

    TargetOutcomes(TargetStateStore states) {
        this.states = states;
    }

    TargetHealth health() {
        return health;
    }

    TargetStateStore states() {
        return states;
    }

    /**
     * @param retried whether failed mappings are tried again, in which case their errors are logged here
     */
    void ran(ExternalDatabase target, TargetSync.Result result, boolean retried) throws SQLException {
        health.worked(target, TargetHealth.WHOLE);
        Map<String, TargetHealth.Failure> failed = new HashMap<>();
        for (String mapping : result.positions().keySet()) {
            SyncException e = result.failures().get(mapping);
            if (e == null) {
                health.worked(target, mapping);
            } else {
                TargetHealth.Failure failure = health.failed(target, mapping);
                failed.put(mapping, failure);
                if (retried) {
                    log.failed(e, failure);
                }
            }
        }
        states.ran(target, result, failed);
    }

    TargetHealth.Failure failed(ExternalDatabase target, SyncException e, boolean retried) {
        TargetHealth.Failure failure = health.failed(target, TargetHealth.WHOLE);
        if (retried) {
            log.failed(e, failure);
            LOG.debug("{}: the failure", target, e);
        }
        try {
            states.failed(target, e, failure.failures(), failure.retry());
        } catch (SQLException alsoRecording) {
            LOG.warn("cannot record the state of {}: {}", target, alsoRecording.toString());
        }
        return failure;
    }

    /** The source's failure, which leaves the target's health and state alone. */
    void failedAtSource(ExternalDatabase target, RuntimeException e) {
        log.failed(target + ": " + e.getMessage());
    }

    /** Removes the states of the tenants' external databases that are no longer listed. */
    void keepOnly(Set<String> tenants, List<ExternalDatabase> listed) {
        try {
            states.keepOnly(tenants, listed);
        } catch (SQLException e) {
            LOG.warn("cannot remove the states of external databases that are no longer listed: {}", e.toString());
        }
    }

    /** Writes all states that have not been written yet. */
    void writeLast() {
        try {
            states.writeDue(true);
        } catch (SQLException e) {
            LOG.debug("the states of external databases stay as they were last written: {}", e.toString());
        }
    }
}
