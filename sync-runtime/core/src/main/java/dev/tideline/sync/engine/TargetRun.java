package dev.tideline.sync.engine;

import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.Parking;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.trace.SpanBuilder;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/**
 * What the steps of one run of a target share. Used within one session.
 *
 * @param batchSize limit of the batches whose bounds were read
 * @param ending turns true when the run has to end after its current transaction
 */
record TargetRun(
        ChangeFetcher fetcher,
        Parking parking,
        TargetSession session,
        int batchSize,
        SyncListener listener,
        Tracing tracing,
        BooleanSupplier ending) {

    ExternalDatabase target() {
        return session.database();
    }

    String tenant() {
        return target().tenant();
    }

    CopyFormat format(Mapping mapping) throws SQLException {
        return session.format(mapping, fetcher.sourceMajor());
    }

    SpanBuilder span(String name, Mapping mapping) {
        return tracing.span(name).setAttribute(Tracing.MAPPING, mapping.name());
    }

    /**
     * @throws StoppedException if the run has to end
     */
    void checkStopping() {
        if (ending.getAsBoolean()) {
            throw new StoppedException();
        }
    }
}
