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
 * Removes ledger entries that no target needs any more: those that a newer one of the same key supersedes, and those that
 * every target has passed, of deleted rows and of rows that live, since a new target reads the table and not the ledger.
 * A step is one statement over a few tenants, or over one ledger's superseded entries; a round is as many steps as it takes
 * to come by every ledger and every tenant that has entries. Whichever runtime comes first does a step, the others do not wait. Used
 * by one thread.
 */
public final class LedgerCollector {

    /** Entries younger than this stay, for whoever looks at {@code tideline.row_state}. */
    public static final Duration KEPT_FOR = Duration.ofHours(1);

    /** A target that is behind by more than this is compared as a whole when it comes back. */
    public static final Duration WAITS_FOR = Duration.ofDays(7);

    /** The advisory lock of whoever collects; any number that nobody else uses. */
    private static final long LOCK_KEY = 7_415_531_104_003L;

    /** Fewer entries than this are not worth a look at the whole ledger. */
    private static final long COMPACTED_FROM = 100_000;

    private static final int TENANTS = 50;
    private static final int BATCH = 2_000;

    /** What a step came to. */
    public enum Step {
        /** A round goes on. */
        MORE,
        /** A round has come to its end. */
        DONE,
        /** Another runtime is collecting. */
        ELSEWHERE
    }

    private final SourceDatabase source;
    private final Duration keptFor;
    private final Duration waitsFor;
    private final long compactedFrom;
    private List<InstalledStream> ledgers = List.of();
    private int at; // in ledgers
    private boolean compacted; // the one in hand
    private String behind; // null: at the first tenant
    private long removed;

    public LedgerCollector(SourceDatabase source) {
        this(source, KEPT_FOR, WAITS_FOR, COMPACTED_FROM);
    }

    /** @param compactedFrom ids that must have been given before superseded entries are looked for */
    LedgerCollector(SourceDatabase source, Duration keptFor, Duration waitsFor, long compactedFrom) {
        this.source = source;
        this.keptFor = keptFor;
        this.waitsFor = waitsFor;
        this.compactedFrom = compactedFrom;
    }

    /** How many entries this one has removed. */
    public long removed() {
        return removed;
    }

    /** Whether rows are on their way to some target, or could be. */
    public boolean backlog() throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.one(connection, SqlTemplate.text("7-collect/backlog"), row -> row.getBoolean(1));
        }
    }

    /** One step. */
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
            ledgers = List.of(); // a ledger may be gone since the round began
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
