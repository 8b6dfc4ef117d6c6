package dev.tideline.sync.status;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sequence.SequencedFigures;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Maintains the figures for the status: adds the work of this runtime, measures while it leads how far targets are
 * behind, and reads everything once a second while somebody asks. The pass is for one thread, {@link #status} and
 * {@link #paused} for many.
 */
public final class StatusWatch implements Pass {

    private static final long LOOK = Duration.ofSeconds(1).toNanos();

    /** Measuring takes at most a twentieth of a core of the source; so does reading the summary, unless once a second takes more. */
    private static final int REST = 20;

    /** The most targets measured at once; fewer if that takes longer than {@link #MEASURE}. */
    private static final int MEASURED_AT_ONCE = 500;

    /** How long measuring may keep this thread from looking, and a core of the source from answering others. */
    private static final long MEASURE = Duration.ofMillis(50).toNanos();

    /** How long after a question the summary is kept fresh for the next one. */
    private static final long WATCHED = Duration.ofSeconds(15).toNanos();

    /** An older summary is read again before it is shown. */
    private static final long FRESH = Duration.ofSeconds(3).toNanos();

    private static final String PAUSED = "SELECT name FROM tideline.fuse WHERE NOT enabled";

    private final SourceDatabase source;
    private final SequencedFigures sequenced;
    private final WorkMeter meter;
    private final int process;
    private final BooleanSupplier leading;
    private final History history = new History();
    private final Object reading = new Object();
    private volatile Set<String> paused = Set.of();
    private volatile Known known;
    private Seldom seldom; // guarded by reading
    private volatile long asked = System.nanoTime() - WATCHED;
    private boolean behind; // whether any target may be
    private long lookDue = System.nanoTime();
    private long measureDue = System.nanoTime();
    private int measuredAtOnce = MEASURED_AT_ONCE / 16;

    /** How long figures that need many rows are cached. */
    private static final long SELDOM_KNOWN = Duration.ofSeconds(5).toNanos();

    /** @param took how long it took to read */
    private record Known(InstalledLayout layout, Summary summary, PageStarts starts, long nanos, long took) {}

    private record Seldom(Troubles troubles, PageStarts starts, long nanos) {}

    /**
     * @param process number of this runtime
     */
    public StatusWatch(
            SourceDatabase source, SequencedFigures sequenced, WorkMeter meter, int process, BooleanSupplier leading) {
        this.source = source;
        this.sequenced = sequenced;
        this.meter = meter;
        this.process = process;
        this.leading = leading;
    }

    /** Names of the pauses that are on, at most a second old. */
    public Set<String> paused() {
        return paused;
    }

    public History history() {
        return history;
    }

    @Override
    public Next runOnce() throws SQLException {
        try (Connection connection = source.bookkeeping()) {
            write(connection);
            long now = System.nanoTime();
            if (now - lookDue >= 0) {
                lookDue = now + LOOK;
                Jdbc.inTransaction(connection, () -> look(connection));
            }
            if (behind && leading.getAsBoolean() && now - measureDue >= 0) {
                Jdbc.inTransaction(connection, () -> measure(connection));
                long ended = System.nanoTime();
                measureDue = ended + Math.max(LOOK, (ended - now) * REST);
                measuredAtOnce = ended - now > MEASURE
                        ? Math.max(1, measuredAtOnce / 2)
                        : Math.min(MEASURED_AT_ONCE, measuredAtOnce * 2);
            }
        }
        if (System.nanoTime() - asked < WATCHED && rested(known)) {
            refresh();
        }
        return new Next.Idle();
    }

    /** Records the work of this runtime since the last call. */
    public void write(Connection connection) throws SQLException {
        add(connection, sequenced);
        meter.write(connection, process);
    }

    /** Adds what passes have sequenced to the totals in the source. */
    public static void add(Connection connection, SequencedFigures sequenced) throws SQLException {
        for (Map.Entry<Integer, SequencedFigures.Figures> entry :
                sequenced.take().entrySet()) {
            SequencedFigures.Figures figures = entry.getValue();
            try {
                Jdbc.update(
                        connection,
                        SqlTemplate.text("6-status/add-sequenced"),
                        entry.getKey(),
                        figures.changes(),
                        figures.removed(),
                        figures.entries(),
                        figures.entries() == 0 ? null : (Long) figures.lastId());
            } catch (SQLException e) {
                sequenced.add(entry.getKey(), figures);
                throw e;
            }
        }
    }

    private record Seen(
            OffsetDateTime at,
            long changes,
            long waiting,
            long backlog,
            OffsetDateTime behindSince,
            OffsetDateTime waitingSince) {}

    private Void look(Connection connection) throws SQLException {
        paused = Set.copyOf(Jdbc.list(connection, PAUSED, row -> row.getString(1)));
        Seen seen = Jdbc.one(
                connection,
                SqlTemplate.text("6-status/look"),
                row -> new Seen(
                        row.getObject(1, OffsetDateTime.class),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class),
                        row.getObject(6, OffsetDateTime.class)));
        Pending pending = Pending.read(connection);
        // A target that fails or is being copied has a request.
        behind = seen.waiting() > 0 || seen.backlog() > 0 || !paused.isEmpty();
        Map<Integer, Summary.Work> work = new SummaryReader(connection, null).work();
        history.add(
                new History.Look(
                        seen.at(),
                        seen.changes(),
                        work,
                        pending.total(),
                        SummaryReader.age(pending.oldest(), seen.at()),
                        seen.waiting(),
                        SummaryReader.age(seen.waitingSince(), seen.at()),
                        seen.backlog(),
                        SummaryReader.age(seen.behindSince(), seen.at())),
                System.nanoTime());
        return null;
    }

    private Void measure(Connection connection) throws SQLException {
        InstalledLayout layout = InstalledLayout.read(connection).orElse(null);
        if (layout == null) {
            return null;
        }
        for (var mapping : layout.mappings().values()) {
            Jdbc.one(
                    connection,
                    SqlTemplate.of("6-status/measure-backlog")
                            .with("mapping", Sql.literal(mapping.name()))
                            .with("ledger", layout.stream(mapping.stream()).ledger())
                            .with("targets", measuredAtOnce)
                            .fill(),
                    row -> row.getLong(1));
        }
        return null;
    }

    /** Makes the next status include what was just done. */
    public void refresh() throws SQLException {
        synchronized (reading) {
            try (Connection connection = source.bookkeeping()) {
                long began = System.nanoTime();
                StatusReader reader = new StatusReader(connection);
                InstalledLayout layout = reader.layout();
                if (seldom == null || began - seldom.nanos() > SELDOM_KNOWN) {
                    seldom = new Seldom(
                            Troubles.read(connection, layout), PageStarts.read(connection), System.nanoTime());
                }
                Summary summary = reader.summary(seldom.troubles());
                long ended = System.nanoTime();
                known = new Known(layout, summary, seldom.starts(), ended, ended - began);
            }
        }
    }

    /** The status. Everything but the page of targets may be a few seconds old, usually less than one. */
    public Status status(StatusQuery query) throws SQLException {
        asked = System.nanoTime();
        if (old(known)) {
            synchronized (reading) {
                if (old(known)) {
                    refresh();
                }
            }
        }
        Known now = known;
        try (Connection connection = source.connection()) {
            return new StatusReader(connection)
                    .page(query, now.layout(), now.summary().at(history), now.starts());
        }
    }

    private static boolean rested(Known known) {
        return known == null || System.nanoTime() - known.nanos() >= Math.min(LOOK, known.took() * REST);
    }

    private static boolean old(Known known) {
        return known == null || System.nanoTime() - known.nanos() > FRESH;
    }
}
