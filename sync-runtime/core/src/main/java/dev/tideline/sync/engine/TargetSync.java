package dev.tideline.sync.engine;

import dev.tideline.sync.apply.Completeness;
import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.engine.MappingSync.Step;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.error.SyncException.Subject;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.jdbc.HiddenRows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.Parking;
import dev.tideline.sync.source.SourceHistory;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Brings one external database up to date: mapping after mapping, batch after batch, until nothing is behind. A mapping
 * that fails does not stop the others. Safe for use by many threads, one target each.
 */
public final class TargetSync {

    /**
     * How often the cursor may have been moved by somebody else without progress. Other workers only move it forward;
     * if something moves it back, the run would never end.
     */
    private static final int MOST_OVERTAKES = 20;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final TargetPool pool;
    private final ChangeFetcher fetcher;
    private final SourceHistory history;
    private final Parking parking;
    private final int batchSize;
    private final SyncListener listener;
    private final Tracing tracing;
    private final BooleanSupplier stopping;

    /**
     * @param stopping turns true when the runtime shuts down: a run ends after its current transaction
     */
    public TargetSync(
            TargetPool pool,
            ChangeFetcher fetcher,
            SourceHistory history,
            Parking parking,
            int batchSize,
            SyncListener listener,
            Tracing tracing,
            BooleanSupplier stopping) {
        this.pool = pool;
        this.fetcher = fetcher;
        this.history = history;
        this.parking = parking;
        this.batchSize = batchSize;
        this.listener = listener;
        this.tracing = tracing;
        this.stopping = stopping;
    }

    /**
     * Where a run left its target.
     *
     * @param positions progress by mapping name, without the mappings that were left out
     * @param failures by mapping name; mappings without a failure are caught up
     */
    public record Result(Map<String, Position> positions, Map<String, SyncException> failures) {}

    /**
     * How far a mapping has come.
     *
     * @param cursor last sequence id applied
     * @param definition with which its rows were copied; empty if never copied
     */
    public record Position(long cursor, Optional<String> definition) {}

    /**
     * Runs until the target is caught up.
     *
     * @param leftOut whether to skip a mapping, by its name
     * @param halted turns true when this run has to end after its current transaction
     * @param givesWay turns true when others need the place: the run ends after its current transaction
     * @throws SyncException if the target as a whole is unusable
     * @throws StoppedException if the run was halted, or the runtime shuts down
     */
    public Result run(
            ExternalDatabase target, Predicate<String> leftOut, BooleanSupplier halted, BooleanSupplier givesWay) {
        return Tracing.within(
                tracing.span("tideline.target")
                        .setAttribute(Tracing.TENANT, target.tenant())
                        .setAttribute(Tracing.TARGET, target.name()),
                span -> {
                    Result result = spanned(target, leftOut, halted, givesWay);
                    result.failures().values().stream().findFirst().ifPresent(e -> Tracing.failed(span, e));
                    return result;
                });
    }

    private Result spanned(
            ExternalDatabase target, Predicate<String> leftOut, BooleanSupplier halted, BooleanSupplier givesWay) {
        BooleanSupplier stopping = () -> this.stopping.getAsBoolean() || halted.getAsBoolean();
        return with(
                target,
                stopping,
                session -> run(target, session, leftOut, () -> stopping.getAsBoolean() || givesWay.getAsBoolean()));
    }

    /**
     * Makes the next run copy these mappings again and compare.
     *
     * @throws SyncException if the target is unusable
     */
    void copyAgain(ExternalDatabase target, List<String> mappings) {
        with(target, stopping, session -> {
            session.copyAgain(mappings);
            return null;
        });
    }

    private <T> T with(ExternalDatabase target, BooleanSupplier stopping, TargetPool.Work<T> work) {
        if (stopping.getAsBoolean()) {
            throw new StoppedException();
        }
        try {
            return pool.with(target, work);
        } catch (SyncException | StoppedException | SourceTroubleException e) {
            throw e;
        } catch (ChangeFetcher.LayoutChangedException e) {
            throw new StoppedException(e.getMessage());
        } catch (FetchException e) {
            throw e.sourceUnavailable()
                    ? new SourceTroubleException(e)
                    : new SyncException(subject(target, ""), e.getMessage(), e);
        } catch (ConfigException e) {
            throw new SyncException(subject(target, ""), e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } catch (Exception e) {
            if (stopping.getAsBoolean()) {
                throw new StoppedException(); // its connection was cut for this reason
            }
            throw new SyncException(subject(target, ""), message(e), e);
        }
    }

    private Result run(
            ExternalDatabase target, TargetSession session, Predicate<String> leftOut, BooleanSupplier ending)
            throws SQLException {
        List<Mapping> mappings = fetcher.mappings();
        Set<String> skipped =
                mappings.stream().map(Mapping::name).filter(leftOut).collect(Collectors.toUnmodifiableSet());
        MappingSync sync =
                new MappingSync(new TargetRun(fetcher, parking, session, batchSize, listener, tracing, ending));
        Map<String, SyncException> failures = new LinkedHashMap<>();
        boolean moved = true;
        boolean comparedAnew = false;
        int overtakes = 0;
        Map<String, MappingState.Progress> furthest = new HashMap<>();
        Set<String> stepped = new HashSet<>();
        String completeThrough = null;
        while (moved) {
            if (ending.getAsBoolean()) {
                throw new StoppedException();
            }
            moved = false;
            List<Bounds> bounds = fetcher.bounds(target.tenant(), cursors(session, mappings), batchSize);
            completeThrough = bounds.get(0).completeThrough();
            if (historyIsLost(target, session, bounds)) {
                if (comparedAnew) {
                    throw new SQLException("tideline_sync_metadata names ids that the source never gave, and keeps them"
                            + " when they are reset; see what triggers and rules it has");
                }
                comparedAnew = true;
                session.compareAnew();
                moved = true;
                continue;
            }
            for (int i = 0; i < mappings.size(); i++) {
                Mapping mapping = mappings.get(i);
                if (failures.containsKey(mapping.name()) || skipped.contains(mapping.name())) {
                    continue;
                }
                try {
                    Step step = sync.step(mapping, bounds.get(i));
                    if (step != Step.CAUGHT_UP) {
                        stepped.add(mapping.name());
                    }
                    if (step == Step.OVERTAKEN) {
                        history.askAgain(session);
                        MappingState.Progress now = session.state(mapping).progress();
                        MappingState.Progress before =
                                furthest.getOrDefault(mapping.name(), MappingState.Progress.NONE);
                        overtakes = before.isPassedBy(now) ? 0 : overtakes + 1;
                        furthest.put(mapping.name(), before.and(now));
                        if (overtakes > MOST_OVERTAKES) {
                            throw new SQLException(
                                    "the cursor in tideline_sync_metadata was moved by somebody else " + overtakes
                                            + " times in one run and not forward; see whether anything but Tideline"
                                            + " writes there");
                        }
                    }
                    // After a small batch there is no need to look again: later changes have a request of their own.
                    boolean large = bounds.get(i).rows() >= batchSize / 4;
                    moved |= step == Step.COPIED || step == Step.OVERTAKEN || step == Step.APPLIED && large;
                } catch (SQLException e) {
                    failures.put(mapping.name(), failed(target, session, mapping, e));
                }
            }
            for (int i = 0; i < mappings.size() && !moved; i++) {
                Mapping mapping = mappings.get(i);
                if (failures.containsKey(mapping.name()) || skipped.contains(mapping.name())) {
                    continue;
                }
                try {
                    moved = sync.settle(mapping, bounds.get(i));
                } catch (SQLException e) {
                    failures.put(mapping.name(), failed(target, session, mapping, e));
                }
            }
        }
        Map<String, Position> positions = new LinkedHashMap<>();
        for (Mapping mapping : mappings) {
            if (!skipped.contains(mapping.name())) {
                MappingState state = session.state(mapping);
                positions.put(mapping.name(), new Position(state.cursor(), state.definition()));
            }
        }
        // This comes last: the positions may have been read just now, after another worker wrote them. Nothing has
        // moved since the bounds were read, so everything behind them has arrived.
        stepped.removeAll(failures.keySet());
        Set<String> caughtUp = new HashSet<>(positions.keySet());
        caughtUp.removeAll(failures.keySet());
        session.flush(new Completeness(completeThrough, stepped, caughtUp));
        return new Result(positions, failures);
    }

    /** Returns the failure of this mapping alone; throws any other. */
    private static SyncException failed(ExternalDatabase target, TargetSession session, Mapping mapping, SQLException e)
            throws SQLException {
        session.rollback(e);
        if (e instanceof FetchException fetch && fetch.sourceUnavailable()) {
            throw e;
        }
        SyncException failure = new SyncException(subject(target, mapping.name()), message(e), e);
        if (broken(session)) {
            throw failure;
        }
        return failure;
    }

    private static String message(Exception e) {
        if (!(e instanceof SQLException failure)) {
            return e.getMessage();
        }
        return LOCK_NOT_AVAILABLE.equals(failure.getSQLState()) && !(e instanceof FetchException)
                ? e.getMessage()
                        + ". Another session there holds a lock; pg_locks shows which one. Tideline tries again"
                : HiddenRows.message(failure);
    }

    private static List<Long> cursors(TargetSession session, List<Mapping> mappings) throws SQLException {
        List<Long> cursors = new ArrayList<>(mappings.size());
        for (Mapping mapping : mappings) {
            cursors.add(session.state(mapping).cursor());
        }
        return cursors;
    }

    private boolean historyIsLost(ExternalDatabase target, TargetSession session, List<Bounds> bounds)
            throws SQLException {
        SeenIds seen = new SeenIds(session, fetcher, bounds);
        if (!history.toBeAsked(session, seen.leap())) {
            return false;
        }
        List<Long> ids = seen.ids();
        try {
            return history.lost(session, target.tenant(), target.label(), ids);
        } catch (SourceHistory.AheadException e) {
            throw e; // a failure of the target, not of this mapping
        } catch (SQLException e) {
            throw FetchException.of(e);
        }
    }

    private static boolean broken(TargetSession session) {
        try {
            return !session.isUsable();
        } catch (SQLException e) {
            return true;
        }
    }

    private static Subject subject(ExternalDatabase target, String mapping) {
        return new Subject(target.tenant(), target.name(), mapping);
    }
}
