package dev.tideline.sync.engine;

import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the progress of first copies, and passes all events on. Safe for use by many threads. */
record CopyRecorder(TargetStateStore states, SyncListener next) implements SyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(CopyRecorder.class);

    @Override
    public void copyStarted(ExternalDatabase target, Mapping mapping) {
        LOG.info("{} {}: copying the rows of the tenant", target, mapping.name());
        next.copyStarted(target, mapping);
    }

    @Override
    public void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {
        try {
            states.copied(target, mapping, total);
        } catch (SQLException e) {
            // The copy itself is sound; only the status lags.
            LOG.warn("{} {}: the progress of the copy could not be recorded: {}", target, mapping.name(), e.toString());
        }
        next.copied(target, mapping, rows, total);
    }

    @Override
    public void copyFinished(ExternalDatabase target, Mapping mapping, long total) {
        LOG.info("{} {}: {} copied", target, mapping.name(), total == 1 ? "1 row" : total + " rows");
        next.copyFinished(target, mapping, total);
    }

    @Override
    public void parked(ExternalDatabase target, Mapping mapping, int rows) {
        if (rows > 0) {
            LOG.warn(
                    "{} {}: {} not be applied and {} parked; see \"park list\"",
                    target,
                    mapping.name(),
                    rows == 1 ? "1 row could" : rows + " rows could",
                    rows == 1 ? "is" : "are");
        }
        next.parked(target, mapping, rows);
    }

    @Override
    public void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {
        next.applied(target, mapping, rows, gone, cursor);
    }

    @Override
    public void requestDone(String tenant) {
        next.requestDone(tenant);
    }
}
