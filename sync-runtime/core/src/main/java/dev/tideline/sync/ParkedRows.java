package dev.tideline.sync;

import dev.tideline.sync.park.ParkedRow;
import dev.tideline.sync.park.ParkedRowStore;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.status.StatusWatch;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Parked rows, one by one. Safe for use by many threads. */
public final class ParkedRows {

    private final ParkedRowStore store;
    private final SyncPipeline pipeline;
    private final StatusWatch watch;

    ParkedRows(SourceDatabase source, SyncPipeline pipeline, StatusWatch watch) {
        this.store = new ParkedRowStore(source);
        this.pipeline = pipeline;
        this.watch = watch;
    }

    /** Identifies a parked row. @param key texts of its key's columns */
    public record Id(String tenant, String target, String mapping, List<String> key) {}

    /** A page of parked rows; null means any. */
    public List<ParkedRow> page(String tenant, String target, String mapping, int limit, long offset)
            throws SQLException {
        return store.page(new ParkedRowStore.Filter(tenant, target, mapping), limit, offset);
    }

    /** The row; empty if it is no longer parked. */
    public Optional<ParkedRow> find(Id id) throws SQLException {
        return store.find(new ParkedRowStore.Filter(id.tenant(), id.target(), id.mapping()), id.key());
    }

    /**
     * Tries the row's current version.
     *
     * @return the result
     */
    public ParkedRetry.Report retry(ParkedRow row) throws SQLException {
        ParkedRetry.Report report = ParkedRetry.run(pipeline, List.of(row));
        watch.refresh();
        return report;
    }

    /** Discards the row until it changes at the source. @return whether it was parked */
    public boolean discard(ParkedRow row) throws SQLException {
        boolean discarded = store.discard(List.of(row)) > 0;
        watch.refresh();
        return discarded;
    }
}
