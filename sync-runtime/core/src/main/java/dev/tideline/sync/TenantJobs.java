package dev.tideline.sync;

import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.thread.DaemonThreads;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Requested syncs and resyncs of tenants; a few run at a time, in this process. The last ones can be read until the
 * runtime ends. Safe for use by many threads.
 */
public final class TenantJobs implements AutoCloseable {

    private static final int AT_ONCE = 2;
    private static final int KEPT = 100;

    private final SyncRuntime runtime;
    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_ONCE, DaemonThreads.named("tideline-tenant-job"));
    private final Map<String, TenantJob> jobs = new LinkedHashMap<>(); // guarded by this
    private long last; // guarded by this

    TenantJobs(SyncRuntime runtime, SourceDatabase source, SyncPipeline pipeline) {
        this.runtime = runtime;
        this.source = source;
        this.pipeline = pipeline;
    }

    /** Syncs a tenant at once: everything that is committed by now arrives. */
    public TenantJob.Progress sync(String tenant) throws SQLException {
        return start(tenant, null, null, false);
    }

    /**
     * Copies a tenant's rows again, and removes rows that should not be there.
     *
     * @param target only into this external database; null for all
     * @param mapping only of this mapping; null for all
     * @throws UnknownNameException if there is no such tenant, target or mapping
     */
    public TenantJob.Progress resync(String tenant, String target, String mapping) throws SQLException {
        return start(tenant, target, mapping, true);
    }

    private TenantJob.Progress start(String tenant, String target, String mapping, boolean again) throws SQLException {
        NamedTargets named = NamedTargets.find(pipeline, tenant, target, mapping);
        List<String> copied = again ? named.mappings() : List.of();
        TenantJob job;
        synchronized (this) {
            job = new TenantJob(
                    String.valueOf(++last), runtime, source, pipeline, tenant, named.targets(), named.paused(), copied);
            jobs.put(job.id(), job);
            jobs.values().removeIf(old -> jobs.size() > KEPT && old.ended());
        }
        threads.execute(job);
        return job.progress();
    }

    /** The last jobs, newest first. */
    public synchronized List<TenantJob.Progress> all() {
        List<TenantJob.Progress> all = new ArrayList<>();
        jobs.values().forEach(job -> all.add(0, job.progress()));
        return all;
    }

    /** The progress of a job. */
    public synchronized Optional<TenantJob.Progress> find(String id) {
        return Optional.ofNullable(jobs.get(id)).map(TenantJob::progress);
    }

    /** Cancels a job after the transaction in flight. The tenant's next sync continues a copy that was begun. */
    public synchronized Optional<TenantJob.Progress> cancel(String id) {
        return Optional.ofNullable(jobs.get(id)).map(job -> {
            job.cancel();
            return job.progress();
        });
    }

    @Override
    public synchronized void close() {
        jobs.values().forEach(TenantJob::cancel);
        threads.shutdown();
    }
}
