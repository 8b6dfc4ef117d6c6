package dev.tideline.sync.sequence;

import dev.tideline.sync.capture.CaptureWatch;
import dev.tideline.sync.capture.ChangeTableRotation;
import dev.tideline.sync.capture.OwnObjects;
import dev.tideline.sync.capture.PartitionUpkeep;
import dev.tideline.sync.config.TenantId;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledLayout.InstalledDependency;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.sequence.Peek.NewChanges;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sequences the changes committed since the last pass. A look determines the two snapshots between which a pass works;
 * later commits are left to the next pass. If there are changes, the pass is one transaction in READ COMMITTED. (In
 * REPEATABLE READ the upsert of a request that a poller is claiming would fail instead of wait.) Used by one thread.
 */
public final class Sequencer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    /** The advisory lock of the sequencer; an arbitrary number that nobody else uses. */
    public static final long LOCK_KEY = 7_415_531_104_002L;

    /** Size of later slices of a backlog relative to the first. */
    private static final int GROWTH = 4;

    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(2);

    private static final String ADVANCE = SqlTemplate.text("2-sequence/advance");
    private static final String RAISE_EPOCH = SqlTemplate.text("2-sequence/raise-epoch");

    /** For statements that read the user's tables, which have statistics. */
    private static final String AS_THE_PLANNER_LIKES = "SET LOCAL enable_seqscan = on";

    private final SequencerLock lock;
    private final int batchSize;
    private final Runnable afterPass;
    private final Runnable afterTruncate;
    private final SequencedFigures figures = new SequencedFigures();
    private InstalledLayout layout;
    private long layoutVersion = -1;
    private ChangeTableRotation rotation;
    private final OwnObjects ownObjects = new OwnObjects();
    private CaptureWatch watch;
    private final OncePerCause warnings = new OncePerCause();
    private final Map<Integer, String> rootSql = new HashMap<>();
    private final Map<Integer, String> dependencySql = new HashMap<>();
    private final Set<Integer> saidToRefuse = new HashSet<>();
    private final PartitionUpkeep partitions = new PartitionUpkeep();
    private boolean fanOutPending = true;
    private int slice;
    private long lastUpkeep = System.nanoTime();
    private long nextLook;
    private boolean partitioned;
    private long rungFrom = Long.MAX_VALUE;
    private final Tracing tracing;

    /**
     * @param batchSize changes that the first pass over a backlog takes, up to the end of a transaction; later ones
     *     take {@value #GROWTH} times as many. Also the number of root rows that one changed dependency row, or one
     *     unfinished fan-out, may make stale in a pass
     * @param patience how long another sequencer's session may be idle before it is ended and this one takes over;
     *     longer than a sequencer ever waits between two passes
     * @param afterPass runs as soon as a pass that sequenced something has committed
     * @param afterTruncate runs after the commit of a pass that saw a truncated table: every tenant has to be visited
     */
    public Sequencer(
            SourceDatabase source,
            int batchSize,
            Duration patience,
            Runnable afterPass,
            Runnable afterTruncate,
            Tracing tracing) {
        this.tracing = tracing;
        this.lock = new SequencerLock(source, patience);
        this.batchSize = batchSize;
        this.slice = batchSize;
        this.afterPass = afterPass;
        this.afterTruncate = afterTruncate;
    }

    /**
     * Sets which transactions ring when they commit: those that began to write when this id or a later one was next.
     * Only older ones have to be watched. {@link Long#MAX_VALUE}: none rings. 0: all ring.
     */
    public void rungFrom(long xid) {
        rungFrom = xid;
    }

    /** The figures that {@link SequencedFigures#take} has not taken yet. Safe for any thread. */
    public SequencedFigures figures() {
        return figures;
    }

    /** Whether this sequencer holds the right to sequence. */
    public boolean leading() {
        return lock.held();
    }

    /**
     * Runs one pass. After an exception the lock was released, and nothing of the pass remains.
     *
     * @throws SQLException if the source fails
     */
    public PassResult runOnce() throws SQLException {
        try {
            Optional<Connection> session = lock.tryAcquire();
            return session.isPresent()
                    ? ownObjects.mendingIfItFails(session.get(), () -> pass(session.get()))
                    : new PassResult.StandBy();
        } catch (SQLException | RuntimeException e) {
            try {
                lock.close();
            } catch (SQLException alsoClosing) {
                e.addSuppressed(alsoClosing);
            }
            layoutVersion = -1;
            throw e;
        }
    }

    private PassResult pass(Connection connection) throws SQLException {
        Peek peek = Peek.at(connection, slice);
        slice = peek.more() ? batchSize * GROWTH : batchSize;
        if (!peek.enabled()) {
            return new PassResult.Paused();
        }
        if (peek.layoutVersion() != layoutVersion) {
            reload(connection, peek.layoutVersion());
            watch(connection);
        }
        if (peek.nothingNew() && !fanOutPending) {
            upkeep(connection, false);
            return new PassResult.Nothing(peek.openBefore(rungFrom));
        }
        PassResult result = Tracing.within(tracing.span("tideline.sequence"), span -> sequence(connection, peek, span));
        upkeep(connection, !peek.news().isEmpty());
        return result;
    }

    private PassResult sequence(Connection connection, Peek peek, Span span) throws SQLException {
        connection.setAutoCommit(false);
        Tally tally;
        try {
            tally = sequence(connection, peek, false);
        } catch (SQLException e) {
            if (!SqlState.mayBeAChanges(e)) {
                throw e;
            }
            connection.rollback();
            tally = sequence(connection, peek, true);
        }
        TraceContext.carry(connection, peek, layout, span);
        String completeThrough = peek.more() ? null : peek.at();
        if (!peek.nothingNew()) {
            Jdbc.run(connection, ADVANCE, peek.earlier(), peek.later(), completeThrough);
        } else if (tally.rows > 0) {
            Jdbc.update(connection, SqlTemplate.text("2-sequence/advance-ids"), completeThrough);
        }
        connection.commit();
        connection.setAutoCommit(true);
        figures.add(tally.figures);
        afterPass.run();
        if (tally.truncated) {
            afterTruncate.run();
        }
        span.setAttribute(Tracing.CHANGES, tally.changes)
                .setAttribute(Tracing.ROWS, tally.rows)
                .setAttribute(Tracing.TENANTS, tally.tenants);
        return peek.nothingNew() && tally.rows == 0
                ? new PassResult.Nothing(false)
                : new PassResult.Sequenced(tally.changes, tally.rows, tally.tenants, fanOutPending || peek.more());
    }

    /**
     * Keeps capture intact, between passes. A partition whose rows have just been sequenced must be known before it can
     * be detached, so a pass with changes is followed by a check at once.
     */
    private void upkeep(Connection connection, boolean changes) throws SQLException {
        rotation.runOnce(connection);
        long now = System.nanoTime();
        if (partitioned && (changes || now - lastUpkeep > UPKEEP_EVERY.toNanos())) {
            lastUpkeep = now;
            keepUp(() -> partitions.follow(connection));
        }
        if (now - nextLook > 0) {
            watch(connection);
        }
    }

    private void watch(Connection connection) throws SQLException {
        long before = System.nanoTime();
        keepUp(() -> watch.look(connection));
        long now = System.nanoTime();
        nextLook = now + CaptureWatch.pauseAfter(Duration.ofNanos(now - before)).toNanos();
    }

    /** A failure for one of the user's tables stops no pass; it is tried again with the next check. */
    private void keepUp(Jdbc.Work<Boolean> work) throws SQLException {
        try {
            if (work.run()) {
                afterTruncate.run();
            }
        } catch (SQLException e) {
            if (!SqlState.mayBeAChanges(e)) {
                throw e;
            }
            warnings.warn("cannot check the captured tables: " + e.getMessage());
        }
    }

    private void reload(Connection connection, long version) throws SQLException {
        layout = InstalledLayout.read(connection).orElseThrow(() -> new SQLException("tideline is not installed"));
        rotation = new ChangeTableRotation();
        watch = new CaptureWatch(layout, ownObjects);
        partitioned = PartitionUpkeep.anyPartitioned(connection);
        rootSql.clear();
        dependencySql.clear();
        saidToRefuse.clear();
        fanOutPending = true;
        layoutVersion = version;
    }

    /**
     * Sequences the new changes.
     *
     * @param isolating whether a failing stream is left out, and compared instead
     */
    private Tally sequence(Connection connection, Peek peek, boolean isolating) throws SQLException {
        Tally tally = new Tally();
        for (NewChanges changes : peek.news()) {
            tally.changes += changes.count();
            tally.figures.changes(changes.stream(), changes.count(), changes.removed());
            if (isolating) {
                Isolation.of(
                        connection,
                        () -> sequence(connection, peek, changes, tally),
                        e -> leaveOut(connection, peek, changes, tally, e));
            } else {
                sequence(connection, peek, changes, tally);
            }
        }
        if (isolating) {
            fanOutPending = true;
            FanOut next = FanOut.next(connection);
            Isolation.of(
                    connection,
                    () -> fanOutPending = continueFanOut(connection, next, tally),
                    e -> giveUp(connection, next, e));
        } else {
            fanOutPending = fanOutPending && continueFanOut(connection, FanOut.next(connection), tally);
        }
        fanOutPending |= tally.fannedOut;
        return tally;
    }

    /** For a root stream, the changes that can be read are still sequenced; for the others its table is compared. */
    private void leaveOut(Connection connection, Peek peek, NewChanges changes, Tally tally, SQLException e)
            throws SQLException {
        InstalledStream installed = layout.find(changes.stream()).orElseThrow();
        if (installed.stream().kind() == Stream.Kind.ROOT) {
            Isolation.of(
                    connection,
                    () -> tally.add(
                            connection,
                            installed.id(),
                            SequenceSql.readableRootChanges(installed),
                            peek.earlier(),
                            peek.later()),
                    again -> {});
        }
        CaptureWatch.requestComparison(connection, installed.id(), "changes could not be sequenced: " + e.getMessage());
    }

    private void giveUp(Connection connection, FanOut fanOut, SQLException e) throws SQLException {
        Jdbc.update(
                connection,
                "DELETE FROM tideline.fan_out WHERE dependency_id = ? AND values = CAST(? AS text[])",
                fanOut.dependency(),
                fanOut.values());
        int root = layout.dependencies().stream()
                .filter(d -> d.id() == fanOut.dependency())
                .mapToInt(InstalledDependency::rootStream)
                .findFirst()
                .orElseThrow();
        CaptureWatch.requestComparison(
                connection, root, "cannot find the rows that are joined with changed rows: " + e.getMessage());
    }

    private void sequence(Connection connection, Peek peek, NewChanges changes, Tally tally) throws SQLException {
        InstalledStream installed = layout.find(changes.stream()).orElse(null);
        if (installed == null || watch.inTrouble(changes.stream())) {
            // The stream was removed; a new one would have raised the layout's version before its first change. Or it
            // is compared once its trouble is over.
            return;
        }
        if (changes.unread() != null) {
            CaptureWatch.requestComparison(
                    connection, installed.id(), "capture could not read a row: " + changes.unread());
        } else if (changes.truncated()) {
            Jdbc.update(connection, RAISE_EPOCH, changes.stream(), changes.stream());
            tally.truncated = true;
        }
        switch (installed.stream().kind()) {
            case ROOT -> {
                long refused = tally.add(
                        connection,
                        installed.id(),
                        rootSql.computeIfAbsent(installed.id(), id -> SequenceSql.rootChanges(installed)),
                        peek.earlier(),
                        peek.later());
                if (refused > 0) {
                    refuse(connection, installed, peek);
                }
            }
            case DIRECTORY ->
                tally.tenants +=
                        Jdbc.update(connection, SequenceSql.directoryChanges(installed), peek.earlier(), peek.later());
            case DEPENDENCY -> {
                Jdbc.execute(connection, AS_THE_PLANNER_LIKES);
                for (InstalledDependency dependency : layout.dependencies()) {
                    if (dependency.stream() == installed.id() && !watch.inTrouble(dependency.rootStream())) {
                        tally.add(
                                connection,
                                dependency.rootStream(),
                                dependencySql.computeIfAbsent(
                                        dependency.id(),
                                        id -> SequenceSql.dependencyChanges(layout, dependency, batchSize)),
                                peek.earlier(),
                                peek.later());
                        tally.fannedOut = true;
                    }
                }
            }
        }
    }

    /** Leaves out the changes of tenants whose ids are too long, and logs that. */
    private void refuse(Connection connection, InstalledStream installed, Peek peek) throws SQLException {
        Jdbc.update(connection, SequenceSql.refuseTenants(installed), peek.earlier(), peek.later());
        if (saidToRefuse.add(installed.id())) {
            LOG.warn(
                    "table {}: rows belong to a tenant whose id has more than {} bytes; they are left out, and the others are synced."
                            + " See \"status\"",
                    installed.stream().table(),
                    TenantId.LONGEST);
        }
    }

    /**
     * @return whether there is more to do
     */
    private boolean continueFanOut(Connection connection, FanOut next, Tally tally) throws SQLException {
        if (next == null) {
            return false;
        }
        InstalledDependency dependency = layout.dependencies().stream()
                .filter(d -> d.id() == next.dependency())
                .findFirst()
                .orElse(null);
        if (dependency == null) {
            return false;
        }
        Jdbc.execute(connection, AS_THE_PLANNER_LIKES);
        tally.add(
                connection,
                dependency.rootStream(),
                SequenceSql.fanOutChunk(layout, dependency, next.values(), next.position(), batchSize),
                next.changedAt(),
                next.values(),
                next.values(),
                next.values());
        return true;
    }

    /** Gives up the right to sequence. */
    @Override
    public void close() throws SQLException {
        lock.close();
    }
}
