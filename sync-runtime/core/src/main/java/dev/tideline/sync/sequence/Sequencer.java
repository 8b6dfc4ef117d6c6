package dev.tideline.sync.sequence;

import dev.tideline.sync.capture.ChangeTableRotation;
import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.capture.InstalledLayout.InstalledDependency;
import dev.tideline.sync.capture.InstalledStream;
import dev.tideline.sync.capture.PartitionUpkeep;
import dev.tideline.sync.sequence.Peek.NewChanges;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sequences what committed since the last pass. A look fixes the two snapshots between which a pass works; what commits
 * meanwhile is left to the next. If there is something, the pass is one transaction in READ COMMITTED. (REPEATABLE READ would
 * make the upsert of a request that a poller is claiming fail instead of wait.) Used by one thread.
 */
public final class Sequencer implements AutoCloseable {

    /** The advisory lock of whoever sequences; any number that nobody else uses. */
    public static final long LOCK_KEY = 7_415_531_104_002L;

    /** How many times as large as the first the slices of a backlog are that come behind it. */
    private static final int GROWTH = 4;

    private static final Duration UPKEEP_EVERY = Duration.ofSeconds(2);
    private static final String ADVANCE = SqlTemplate.text("2-sequence/advance");
    private static final String RAISE_EPOCH = SqlTemplate.text("2-sequence/raise-epoch");
    private static final String FAN_OUT_NEXT = SqlTemplate.text("2-sequence/fan-out-next");

    /** For statements that read tables of the user's, which have statistics. */
    private static final String AS_THE_PLANNER_LIKES = "SET LOCAL enable_seqscan = on";

    private final SequencerLock lock;
    private final int batchSize;
    private final Runnable afterPass;
    private final Runnable afterTruncate;
    private final SequencedFigures figures = new SequencedFigures();
    private InstalledLayout layout;
    private long layoutVersion = -1;
    private ChangeTableRotation rotation;
    private final Map<Integer, String> rootSql = new HashMap<>();
    private final Map<Integer, String> dependencySql = new HashMap<>();
    private final PartitionUpkeep partitions = new PartitionUpkeep("100ms", 1);
    private boolean fanOutPending = true;
    private int slice;
    private long lastUpkeep = System.nanoTime();
    private boolean partitioned;
    private long rungFrom = Long.MAX_VALUE;

    /**
     * @param batchSize changes that the first pass over a backlog takes, up to the end of a transaction; those behind it
     *     take {@value #GROWTH} times as many. Also, root rows that one changed dependency row, or one unfinished
     *     fan-out, may make stale in a pass
     * @param patience how long another sequencer's session may stand still before it is ended and this one takes over;
     *     longer than that one ever waits between two passes
     * @param afterPass runs as soon as a pass that sequenced something has committed
     * @param afterTruncate runs after a pass that saw a truncated table committed: every tenant has to be looked at
     */
    public Sequencer(
            SourceDatabase source, int batchSize, Duration patience, Runnable afterPass, Runnable afterTruncate) {
        this.lock = new SequencerLock(source, patience);
        this.batchSize = batchSize;
        this.slice = batchSize;
        this.afterPass = afterPass;
        this.afterTruncate = afterTruncate;
    }

    /**
     * Says which transactions ring when they commit: those that began to write after this id was the next. Only older
     * ones have to be looked after. {@link Long#MAX_VALUE}: none rings.
     */
    public void rungFrom(long xid) {
        rungFrom = xid;
    }

    /** What the passes have sequenced and {@link SequencedFigures#take} has not taken. Safe for any thread. */
    public SequencedFigures figures() {
        return figures;
    }

    /** Whether this one holds the right to sequence. */
    public boolean leading() {
        return lock.held();
    }

    /**
     * One pass. After an exception the lock was given up, and nothing of the pass was done.
     *
     * @throws SQLException if the source fails
     */
    public PassResult runOnce() throws SQLException {
        try {
            Optional<Connection> session = lock.tryAcquire();
            return session.isPresent() ? pass(session.get()) : new PassResult.StandBy();
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
            return new PassResult.SwitchedOff();
        }
        if (peek.layoutVersion() != layoutVersion) {
            reload(connection, peek.layoutVersion());
        }
        List<NewChanges> news = peek.news();
        if (peek.nothingNew() && !fanOutPending) {
            upkeep(connection, false);
            return new PassResult.Nothing(peek.openBefore(rungFrom));
        }
        connection.setAutoCommit(false);
        Tally tally = new Tally();
        boolean truncated = false;
        for (NewChanges changes : news) {
            tally.changes += changes.count();
            truncated |= changes.truncated();
            tally.figures.changes(changes.stream(), changes.count(), changes.removed());
            sequence(connection, peek, changes, tally);
        }
        fanOutPending = continueFanOut(connection, tally) || tally.fannedOut;
        if (!peek.nothingNew()) {
            Jdbc.run(connection, ADVANCE, peek.earlier(), peek.later());
        } else if (tally.rows > 0) {
            Jdbc.update(connection, SqlTemplate.text("2-sequence/advance-ids"));
        }
        connection.commit();
        connection.setAutoCommit(true);
        figures.add(tally.figures);
        afterPass.run();
        if (truncated) {
            afterTruncate.run();
        }
        upkeep(connection, !news.isEmpty());
        return peek.nothingNew() && tally.rows == 0
                ? new PassResult.Nothing(false)
                : new PassResult.Sequenced(tally.changes, tally.rows, tally.tenants, fanOutPending || peek.more());
    }

    /**
     * What keeps capture sound, between passes. A partition whose rows have just been sequenced must be known before it
     * can be detached; so a pass with changes looks at once.
     */
    private void upkeep(Connection connection, boolean changes) throws SQLException {
        rotation.runOnce(connection);
        long now = System.nanoTime();
        if (partitioned && (changes || now - lastUpkeep > UPKEEP_EVERY.toNanos())) {
            lastUpkeep = now;
            if (partitions.follow(connection)) {
                afterTruncate.run();
            }
        }
    }

    private void reload(Connection connection, long version) throws SQLException {
        layout = InstalledLayout.read(connection).orElseThrow(() -> new SQLException("tideline is not installed"));
        rotation = new ChangeTableRotation(layout);
        partitioned = PartitionUpkeep.anyPartitioned(connection);
        rootSql.clear();
        dependencySql.clear();
        fanOutPending = true;
        layoutVersion = version;
    }

    private void sequence(Connection connection, Peek peek, NewChanges changes, Tally tally) throws SQLException {
        InstalledStream installed = layout.streams().stream()
                .filter(s -> s.id() == changes.stream())
                .findFirst()
                .orElse(null);
        if (installed == null) {
            // Of a stream that was removed. One that was added has raised the layout's version before its first change.
            return;
        }
        if (changes.truncated()) {
            Jdbc.update(connection, RAISE_EPOCH, changes.stream(), changes.stream());
        }
        switch (installed.stream().kind()) {
            case ROOT ->
                tally.add(
                        connection,
                        installed.id(),
                        rootSql.computeIfAbsent(installed.id(), id -> SequenceSql.rootChanges(installed)),
                        peek.earlier(),
                        peek.later());
            case DIRECTORY ->
                tally.tenants +=
                        Jdbc.update(connection, SequenceSql.directoryChanges(installed), peek.earlier(), peek.later());
            case DEPENDENCY -> {
                Jdbc.execute(connection, AS_THE_PLANNER_LIKES);
                for (InstalledDependency dependency : layout.dependencies()) {
                    if (dependency.stream() == installed.id()) {
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

    /** Whether anything was left to do. */
    private boolean continueFanOut(Connection connection, Tally tally) throws SQLException {
        if (!fanOutPending) {
            return false;
        }
        FanOut next = Jdbc.first(
                        connection,
                        FAN_OUT_NEXT,
                        row -> new FanOut(
                                row.getInt(1),
                                Jdbc.strings(row.getArray(2)),
                                Jdbc.strings(row.getArray(3)),
                                row.getString(4)))
                .orElse(null);
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
                next.values());
        return true;
    }

    private record FanOut(int dependency, List<String> values, List<String> position, String changedAt) {}

    private static final class Tally {
        private long changes;
        private long rows;
        private long tenants;
        private boolean fannedOut;
        private final SequencedFigures figures = new SequencedFigures();

        void add(Connection connection, int rootStream, String sql, Object... parameters) throws SQLException {
            long[] counts = Jdbc.one(
                    connection, sql, row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)}, parameters);
            rows += counts[0];
            tenants += counts[1];
            figures.entries(rootStream, counts[0], counts[2]);
        }
    }

    /** Gives up the right to sequence. */
    @Override
    public void close() throws SQLException {
        lock.close();
    }
}
