package dev.tideline.sync;

import dev.tideline.sync.engine.StoppedException;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.request.AlertTrial;
import dev.tideline.sync.request.Senders;
import dev.tideline.sync.request.SigningSecrets;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.status.History;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import dev.tideline.sync.status.StatusWatch;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an operator can see and do through a running runtime. Results contain no secrets. Safe for use by many threads.
 */
public final class SyncOperations implements AutoCloseable {

    private final SyncRuntime runtime;
    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final StatusWatch watch;
    private final TenantJobs jobs;

    SyncOperations(SyncRuntime runtime, SourceDatabase source, SyncPipeline pipeline, StatusWatch watch) {
        this.runtime = runtime;
        this.source = source;
        this.pipeline = pipeline;
        this.watch = watch;
        this.jobs = new TenantJobs(runtime, source, pipeline);
    }

    /** A query or a command that runs on the source. */
    @FunctionalInterface
    private interface Asked<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T ask(Asked<T> asked) throws SQLException {
        try (Connection connection = source.connection()) {
            return asked.with(connection);
        }
    }

    /** The status, read from stored figures; nothing is counted for it. */
    public Status status(StatusQuery query) throws SQLException {
        return watch.status(query);
    }

    /** The throughput of the last ten minutes, second by second, oldest first. */
    public List<History.Point> history() {
        return watch.history().points();
    }

    /** The sizes of the change tables in bytes, by name. A table that stays large is not being truncated. */
    public Map<String, Long> changeTableBytes() throws SQLException {
        Map<String, Long> bytes = new TreeMap<>();
        ask(connection -> Jdbc.list(
                connection,
                SqlTemplate.text("6-status/change-tables"),
                row -> bytes.put(row.getString(1), row.getLong(2))));
        return bytes;
    }

    /** The rows that this runtime has written to targets, by mapping. */
    public Map<String, Long> brought() {
        return pipeline.meter().rows();
    }

    /** The secrets that sign requests to the sync engine. */
    public SigningSecrets signingSecrets() throws SQLException {
        return ask(connection -> Senders.own(pipeline.plan().config(), connection));
    }

    /** Why this process cannot work, regardless of the source, so that it should be restarted; empty if it can. */
    public Optional<String> trouble() {
        return runtime.trouble();
    }

    /** Fails if the source does not answer. */
    public void ping() throws SQLException {
        ask(connection -> Jdbc.one(connection, "SELECT version FROM tideline.layout", row -> row.getLong(1)));
    }

    /** Whether the source has the installation that this runtime works with. */
    public boolean ready() {
        return !pipeline.unusable() && !pipeline.outdated();
    }

    /** Switches {@code sequencer} or {@code poller}. */
    public void switchStage(String stage, boolean enabled, Fusebox.Actor actor) throws SQLException {
        ask(connection -> {
            new Fusebox(connection).set(stage, enabled, actor);
            return null;
        });
        switched();
    }

    /** Whether there is an external database of this name that is enabled or paused. */
    public boolean hasTarget(String tenant, String name) throws SQLException {
        String label = ExternalDatabase.label(tenant, name);
        return watch.paused().contains("target:" + label)
                || pipeline.directory().listing(Set.of(tenant)).all().stream()
                        .anyMatch(target -> target.label().equals(label));
    }

    /** Pauses or resumes one external database. */
    public void switchTarget(String tenant, String name, boolean enabled, Fusebox.Actor actor) throws SQLException {
        ask(connection -> {
            new Fusebox(connection).setTarget(ExternalDatabase.label(tenant, name), enabled, actor);
            return null;
        });
        switched();
    }

    private void switched() throws SQLException {
        watch.refresh();
        runtime.wakeSequencer();
        pipeline.pollerSignal().ring();
    }

    /** The latest uses of switches, newest first. */
    public List<Fusebox.Change> fuseChanges(int limit) throws SQLException {
        return ask(connection -> new Fusebox(connection).changes(limit));
    }

    /** Forced syncs and resyncs of tenants, each a job of this runtime. */
    public TenantJobs jobs() {
        return jobs;
    }

    /** Parked rows. */
    public ParkedRows parkedRows() {
        return new ParkedRows(source, pipeline, watch);
    }

    /** Requests that are not done. */
    public QueuedRequests requests() {
        return new QueuedRequests(source, pipeline, watch);
    }

    /** Tests an address before it is used for an external database. */
    public AddressTest addressTest() {
        return new AddressTest(runtime.config().externalDatabases().allowPrivate());
    }

    /** Calls every receiver of alerts once, one after the other, and returns their answers. */
    public List<AlertTrial.Answer> alertTest() {
        return AlertTrial.run(runtime.config());
    }

    /**
     * Runs passes of the sequencer for cron, until the time is over or, without a limit, until everything is sequenced.
     * Safe beside a loop and beside other calls.
     *
     * @return how many passes there were
     */
    public int sequence(Duration most) throws Exception {
        return new BoundedRuns(runtime, pipeline).sequence(most);
    }

    /** The same for the poller. @return how many requests it took; requests that take longer are carried out too */
    public int poll(Duration most) throws Exception {
        return new BoundedRuns(runtime, pipeline).poll(most);
    }

    /**
     * Brings a tenant's external databases up to date in the calling thread.
     *
     * @return why databases are not caught up, by their names; empty if there is no such tenant
     */
    public Optional<Map<String, String>> syncTenant(String tenant) throws SQLException {
        TargetDirectory.Listing listing = pipeline.directory().listing(Set.of(tenant));
        if (listing.all().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> failures = new LinkedHashMap<>();
        for (ExternalDatabase target : listing.all()) {
            if (listing.paused().contains(target.label())) {
                continue; // it is requested again when it is resumed
            }
            try {
                pipeline.engine()
                        .runNow(target)
                        .failures()
                        .forEach((mapping, e) -> failures.put(target.name() + "/" + mapping, e.getMessage()));
            } catch (SyncException | StoppedException e) {
                failures.put(target.name(), e.getMessage());
            }
        }
        return Optional.of(failures);
    }

    /** Ends jobs after the transaction in flight. */
    @Override
    public void close() {
        jobs.close();
    }
}
