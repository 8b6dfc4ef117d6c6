package dev.tideline.sync;

import dev.tideline.sync.engine.StoppedException;
import dev.tideline.sync.engine.TargetSync;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.sequence.Peek;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A requested sync of one tenant. Runs once; any thread may read its progress. */
public final class TenantJob implements Runnable, SyncListener {

    private static final Duration SEQUENCER_LIMIT = Duration.ofSeconds(30);
    private static final int A_LOOK = 100_000;

    private final String id;
    private final SyncRuntime runtime;
    private final SourceDatabase source;
    private final SyncPipeline pipeline;
    private final String tenant;
    private final List<ExternalDatabase> targets;
    private final List<String> copyAgain;
    private final Instant startedAt = Instant.now();
    private final TreeMap<String, TargetProgress> progress = new TreeMap<>(); // guarded by this
    private State state = State.WAITING; // guarded by this
    private String error; // guarded by this
    private Instant endedAt; // guarded by this
    private volatile boolean cancelled;

    /**
     * @param copyAgain mappings that are copied again
     */
    TenantJob(
            String id,
            SyncRuntime runtime,
            SourceDatabase source,
            SyncPipeline pipeline,
            String tenant,
            List<ExternalDatabase> targets,
            Set<String> paused,
            List<String> copyAgain) {
        this.id = id;
        this.runtime = runtime;
        this.source = source;
        this.pipeline = pipeline;
        this.tenant = tenant;
        this.targets = targets;
        this.copyAgain = copyAgain;
        targets.forEach(target -> progress.put(
                target.name(),
                new TargetProgress(
                        target.name(), paused.contains(target.label()) ? State.PAUSED : State.WAITING, 0, null)));
    }

    /** The state of a job, or of one external database in it. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED,
        /** The target is paused, and was left out. */
        PAUSED
    }

    /** @param rows that were written */
    public record TargetProgress(String name, State state, long rows, String error) {}

    /**
     * How far it has come.
     *
     * @param kind {@code sync} or {@code resync}
     * @param error what stopped it as a whole; null if nothing did
     */
    public record Progress(
            String id,
            String kind,
            String tenant,
            State state,
            String error,
            Instant startedAt,
            Instant endedAt,
            List<TargetProgress> externalDatabases) {}

    String id() {
        return id;
    }

    synchronized boolean ended() {
        return endedAt != null;
    }

    void cancel() {
        cancelled = true;
    }

    synchronized Progress progress() {
        return new Progress(
                id,
                copyAgain.isEmpty() ? "sync" : "resync",
                tenant,
                state,
                error,
                startedAt,
                endedAt,
                new ArrayList<>(progress.values()));
    }

    @Override
    public void run() {
        pipeline.listeners().add(this);
        try {
            become(State.RUNNING, null);
            sequenceWhatIsCommitted();
            targets.forEach(this::run);
            end();
        } catch (Exception e) {
            become(cancelled ? State.CANCELLED : State.FAILED, cancelled ? null : e.getMessage());
        } finally {
            pipeline.listeners().remove(this);
        }
    }

    private synchronized void end() {
        boolean failed = progress.values().stream().anyMatch(t -> t.state() == State.FAILED);
        become(cancelled ? State.CANCELLED : failed ? State.FAILED : State.DONE, null);
    }

    private synchronized void become(State now, String because) {
        state = now;
        error = because;
        endedAt = now == State.RUNNING ? null : Instant.now();
    }

    private synchronized void note(String target, State now, long rows, String because) {
        progress.computeIfPresent(
                target, (name, before) -> new TargetProgress(name, now, before.rows() + rows, because));
    }

    private void sequenceWhatIsCommitted() throws Exception {
        runtime.wakeSequencer();
        boolean done = Await.until(
                () -> {
                    if (cancelled) {
                        return true;
                    }
                    try (Connection connection = source.connection()) {
                        Peek peek = Peek.at(connection, A_LOOK);
                        if (!peek.enabled()) {
                            throw new SyncException(
                                    "the sequencer is paused, so changes committed since then are not synced. Resume"
                                            + " it first");
                        }
                        return peek.nothingNew();
                    }
                },
                Duration.ofMillis(10),
                SEQUENCER_LIMIT);
        if (!done) {
            throw new SyncException(
                    "committed changes were not sequenced within " + SEQUENCER_LIMIT.toSeconds() + " s");
        }
    }

    private void run(ExternalDatabase target) {
        synchronized (this) {
            if (progress.get(target.name()).state() == State.PAUSED) {
                return;
            }
        }
        if (cancelled) {
            note(target.name(), State.CANCELLED, 0, null);
            return;
        }
        note(target.name(), State.RUNNING, 0, null);
        try {
            if (!copyAgain.isEmpty()) {
                pipeline.requests().enqueue(List.of(tenant)); // if this process ends now, another continues
                pipeline.engine().copyAgain(target, copyAgain);
            }
            TargetSync.Result result = pipeline.engine().runNow(target, () -> cancelled);
            String failures = result.failures().values().stream()
                    .map(Throwable::getMessage)
                    .collect(Collectors.joining("; "));
            note(
                    target.name(),
                    failures.isEmpty() ? State.DONE : State.FAILED,
                    0,
                    failures.isEmpty() ? null : failures);
        } catch (StoppedException e) {
            note(target.name(), cancelled ? State.CANCELLED : State.PAUSED, 0, null);
        } catch (Exception e) {
            note(target.name(), State.FAILED, 0, e.getMessage());
        }
    }

    @Override
    public void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {
        brought(target, rows);
    }

    @Override
    public void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {
        brought(target, rows);
    }

    private synchronized void brought(ExternalDatabase target, long rows) {
        if (target.tenant().equals(tenant)) {
            progress.computeIfPresent(
                    target.name(),
                    (name, before) -> new TargetProgress(name, before.state(), before.rows() + rows, before.error()));
        }
    }
}
