package dev.tideline.sync;

import dev.tideline.sync.engine.StoppedException;
import dev.tideline.sync.error.SyncException;
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
 * What a person who operates a source looks at and does, through a runtime that is at work on it. Nothing in the answers is
 * secret. Safe for use by many threads.
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

    /** A question or an order, put to the source. */
    @FunctionalInterface
    private interface Asked<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T ask(Asked<T> asked) throws SQLException {
        try (Connection connection = source.connection()) {
            return asked.with(connection);
        }
    }

    /** Where everything stands; answered from figures that are kept, never by counting. */
    public Status status(StatusQuery query) throws SQLException {
        return watch.status(query);
    }

    /** How fast it went in the last ten minutes, second by second; the oldest first. */
    public List<History.Point> history() {
        return watch.history().points();
    }

    /** How large the tables are that capture appends to, by name, in bytes. One that stays large is not truncated. */
    public Map<String, Long> changeTableBytes() throws SQLException {
        Map<String, Long> bytes = new TreeMap<>();
        ask(connection -> Jdbc.list(
                connection,
                SqlTemplate.text("6-status/change-tables"),
                row -> bytes.put(row.getString(1), row.getLong(2))));
        return bytes;
    }

    /** Rows that this runtime has brought, by mapping. */
    public Map<String, Long> brought() {
        return pipeline.meter().rows();
    }

    /** What requests to the sync engine must be signed with. */
    public SigningSecrets signingSecrets() throws SQLException {
        return ask(connection -> Senders.own(pipeline.plan().config(), connection));
    }

    /** What keeps this process from its work, whatever the source is like, so that it should be restarted; empty: nothing. */
    public Optional<String> trouble() {
        return runtime.trouble();
    }

    /** Fails where the source does not answer. */
    public void ping() throws SQLException {
        ask(connection -> Jdbc.one(connection, "SELECT version FROM tideline.layout", row -> row.getLong(1)));
    }

    /** Whether what is installed is what this runtime works with. */
    public boolean ready() {
        return !pipeline.uninstalled() && !pipeline.outdated();
    }

    /** Switches {@code sequencer} or {@code poller}. */
    public void switchStage(String stage, boolean enabled, Fusebox.Actor actor) throws SQLException {
        ask(connection -> {
            new Fusebox(connection).set(stage, enabled, actor);
            return null;
        });
        switched();
    }

    /**
     * Pauses one external database, or lets it go on.
     *
     * @return whether there is one of this name that is enabled or paused
     */
    public boolean switchTarget(String tenant, String name, boolean enabled, Fusebox.Actor actor) throws SQLException {
        String label = ExternalDatabase.label(tenant, name);
        TargetDirectory.Listing listing = pipeline.directory().listing(Set.of(tenant));
        boolean listed =
                listing.all().stream().anyMatch(target -> target.label().equals(label));
        if (!listed && !watch.paused().contains("target:" + label)) {
            return false;
        }
        ask(connection -> {
            new Fusebox(connection).setTarget(label, enabled, actor);
            return null;
        });
        switched();
        return true;
    }

    private void switched() throws SQLException {
        watch.refresh();
        runtime.wakeSequencer();
        pipeline.pollerSignal().ring();
    }

    /** What was switched last, the newest first. */
    public List<Fusebox.Change> fuseChanges(int limit) throws SQLException {
        return ask(connection -> new Fusebox(connection).changes(limit));
    }

    /** Syncs a tenant by force, and copies and compares again; each as a job of this runtime. */
    public TenantJobs jobs() {
        return jobs;
    }

    /** Rows that are set aside. */
    public ParkedRows parkedRows() {
        return new ParkedRows(source, pipeline, watch);
    }

    /** Requests that are not done. */
    public QueuedRequests requests() {
        return new QueuedRequests(source, pipeline, watch);
    }

    /** Tries an address that somebody wants to use for an external database. */
    public AddressTest addressTest() {
        return new AddressTest(runtime.config().externalDatabases().allowPrivate());
    }

    /**
     * Passes of the sequencer for a while, for cron: until the time is over, and with none until all is sequenced. Safe beside a
     * loop, and beside other calls.
     *
     * @return how many passes there were
     */
    public int sequence(Duration most) throws Exception {
        return new BoundedRuns(runtime, pipeline).sequence(most);
    }

    /** The same of the poller. @return how many requests it took; those that take longer are carried out all the same */
    public int poll(Duration most) throws Exception {
        return new BoundedRuns(runtime, pipeline).poll(most);
    }

    /**
     * Brings a tenant's external databases up to date, on this thread.
     *
     * @return what stopped those that are not caught up, by their names; empty if there is no such tenant
     */
    public Optional<Map<String, String>> syncTenant(String tenant) throws SQLException {
        TargetDirectory.Listing listing = pipeline.directory().listing(Set.of(tenant));
        if (listing.all().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> failures = new LinkedHashMap<>();
        for (ExternalDatabase target : listing.all()) {
            if (listing.paused().contains(target.label())) {
                continue; // it is asked for again when it is resumed
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
