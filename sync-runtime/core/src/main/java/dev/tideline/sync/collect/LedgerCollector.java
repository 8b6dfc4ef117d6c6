package dev.tideline.sync.collect;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Removes ledger entries that no target needs any more: those superseded by a newer entry of the same key, and those
 * that every target has passed (also of existing rows, since a new target reads the table and not the ledger). A step
 * is one statement over a few tenants, or over one ledger's superseded entries. A round is as many steps as it takes to
 * visit every ledger and every tenant with entries. Any runtime may run a step; the others do not wait. Used by one
 * thread.
 */
public final class LedgerCollector {

    /** Entries younger than this are kept for readers of {@code tideline.row_state}. */
    public static final Duration KEPT_FOR = Duration.ofHours(1);

    /** A target that is further behind than this is compared as a whole when it comes back. */
    public static final Duration WAITS_FOR = Duration.ofDays(7);

    /** The advisory lock of the collector; an arbitrary number that nobody else uses. */
    private static final long LOCK_KEY = 7_415_531_104_003L;

    /** Fewer entries than this are not worth reading the whole ledger. */
    private static final long COMPACTED_FROM = 100_000;

    private static final int TENANTS = 50;
    private static final int BATCH = 2_000;

    /** The result of a step. */
    public enum Step {
        /** The round continues. */
        MORE,
        /** The round is finished. */
        DONE,
        /** Another runtime is collecting. */
        ELSEWHERE
    }

    private final SourceDatabase source;
    private final Duration keptFor;
    private final Duration waitsFor;
    private final long compactedFrom;
    private List<InstalledStream> ledgers = List.of();
    private int at; // index into ledgers
    private boolean compacted; // the current ledger
    private String behind; // null: before the first tenant
    private long removed;

    public LedgerCollector(SourceDatabase source) {
        this(source, KEPT_FOR, WAITS_FOR, COMPACTED_FROM);
    }

    /**
     * @param compactedFrom number of issued ids from which on superseded entries are searched for
     */
    LedgerCollector(SourceDatabase source, Duration keptFor, Duration waitsFor, long compactedFrom) {
        this.source = source;
        this.keptFor = keptFor;
        this.waitsFor = waitsFor;
        this.compactedFrom = compactedFrom;
    }

    /** The number of entries that this collector has removed. */
    public long removed() {
        return removed;
    }

    /** Whether any target may be behind. */
    public boolean backlog() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.one(connection, SqlTemplate.text("7-collect/backlog"), row -> row.getBoolean(1));
        }
    }

    public Step runOnce() throws SQLException {
        try (Connection connection = source.connection()) {
            if (ledgers.isEmpty()) {
                begin(connection);
            }
            if (ledgers.isEmpty()) {
                return Step.DONE;
            }
            return Jdbc.inTransaction(connection, () -> {
                boolean ours =
                        Jdbc.one(connection, "SELECT pg_try_advisory_xact_lock(?)", row -> row.getBoolean(1), LOCK_KEY);
                return ours ? step(connection) : Step.ELSEWHERE;
            });
        } catch (SQLException e) {
            ledgers = List.of(); // a ledger may have been dropped since the round began
            throw e;
        }
    }

    private void begin(Connection connection) throws SQLException {
        ledgers = InstalledLayout.read(connection).map(InstalledLayout::streams).orElse(List.of()).stream()
                .filter(stream -> stream.stream().kind() == Stream.Kind.ROOT)
                .toList();
        turnTo(0);
    }

    private void turnTo(int ledger) {
        at = ledger;
        compacted = false;
        behind = null;
    }

    private record Came(String lastTenant, long candidates, long removed) {}

    private Step step(Connection connection) throws SQLException {
        InstalledStream stream = ledgers.get(at);
        if (!compacted) {
            compacted = true;
            compact(connection, stream);
            return Step.MORE;
        }
        Came came = Jdbc.one(
                connection,
                SqlTemplate.of("7-collect/entries")
                        .with("ledger", stream.ledger())
                        .with("stream", stream.id())
                        .with("tenants", TENANTS)
                        .with("batch", BATCH)
                        .with("behind", behind == null ? "" : "WHERE l.tenant > " + Sql.literal(behind))
                        .fill(),
                row -> new Came(row.getString(1), row.getLong(2), row.getLong(3)),
                keptFor.toMillis() + " milliseconds",
                waitsFor.toMillis() + " milliseconds");
        note(connection, stream, came.removed());
        if (came.lastTenant() == null) {
            Jdbc.update(
                    connection,
                    SqlTemplate.of("7-collect/note-minimum")
                            .with("ledger", stream.ledger())
                            .with("stream", stream.id())
                            .fill());
            turnTo(at + 1);
        } else if (came.candidates() < BATCH || came.removed() == 0) {
            behind = came.lastTenant();
        }
        if (at < ledgers.size()) {
            return Step.MORE;
        }
        ledgers = List.of();
        return Step.DONE;
    }

    private void compact(Connection connection, InstalledStream stream) throws SQLException {
        String due = SqlTemplate.of("7-collect/superseded-due")
                .with("stream", stream.id())
                .with("ledger", stream.ledger())
                .fill();
        Optional<Long> upTo = Jdbc.first(connection, due, row -> row.getLong(1), compactedFrom);
        if (upTo.isEmpty()) {
            return;
        }
        int superseded = Jdbc.update(
                connection,
                SqlTemplate.of("7-collect/superseded")
                        .with("ledger", stream.ledger())
                        .with("keys", Sql.numbered(stream.stream().key(), (i, c) -> "k" + i))
                        .with("match", Sql.numbered(stream.stream().key(), " AND ", (i, c) -> "l.k" + i + " = n.k" + i))
                        .fill());
        note(connection, stream, superseded);
        Jdbc.update(connection, SqlTemplate.text("7-collect/superseded-done"), upTo.get(), stream.id());
    }

    private void note(Connection connection, InstalledStream stream, long entries) throws SQLException {
        removed += entries;
        if (entries > 0) {
            Jdbc.update(connection, SqlTemplate.text("7-collect/add-collected"), stream.id(), entries);
        }
    }
}
