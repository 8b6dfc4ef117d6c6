package dev.tideline.sync.park;

import dev.tideline.sync.apply.ChangeApplier;
import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TableCopier;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.config.ApplyConfig.OnBadRow;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Entry;
import dev.tideline.sync.fetch.KeyedRows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Repeats with care what failed for all rows at once: row by row if necessary, and parks the bad rows. It does not
 * matter how the batch was applied before it failed. Safe for use by many threads, one session each.
 */
public final class Parking {

    /** If this many are refused in a row, with none applied between them, the rows are not at fault. */
    static final int MOST_IN_A_ROW = 100;

    /** Rows that are tried to find out whether any row can be applied. */
    private static final int NEIGHBOURS = 4;

    /** Keys of a copy that are held at a time. */
    private static final int PORTION = 5_000;

    /** Parked rows that are retried in one run. */
    private static final int RETRIED_AT_ONCE = 500;

    private final ChangeFetcher fetcher;
    private final ParkedRowStore store;
    private final OnBadRow policy;

    public Parking(ChangeFetcher fetcher, ParkedRowStore store, OnBadRow policy) {
        this.fetcher = fetcher;
        this.store = store;
        this.policy = policy;
    }

    /**
     * Applies a batch that failed as a whole, except for the bad rows, and moves the cursor past it. The cursor stays
     * until the whole batch is decided.
     *
     * @param failure with which the batch failed
     * @param checkpoint runs before each attempt, and may end everything by throwing
     * @return the number of rows that are parked now
     * @throws RefusedException if nothing may be parked; the cursor has not moved
     */
    public int batch(
            TargetSession session,
            Mapping mapping,
            String definition,
            long after,
            long upTo,
            SQLException failure,
            Runnable checkpoint)
            throws SQLException, OvertakenException {
        String tenant = session.database().tenant();
        ChangeApplier applier = new ChangeApplier(session);
        int before = session.state(mapping).refusals().inARow();
        List<Entry> entries = fetcher.entries(mapping, tenant, after, upTo);
        Bisection.Found found = new Bisection(
                        (from, to) -> {
                            checkpoint.run();
                            List<List<String>> keys = entries.subList(from, to).stream()
                                    .map(Entry::key)
                                    .toList();
                            try (KeyedRows rows = fetcher.keyed(mapping, tenant, keys)) {
                                return applier.apply(mapping, definition, after, after, rows)
                                        .rows();
                            }
                        },
                        row -> anotherPasses(
                                mapping, tenant, entries.get(row.position()).key(), (behind, key) -> {
                                    try (KeyedRows rows = fetcher.keyed(mapping, tenant, List.of(key))) {
                                        ChangeApplier.Applied done =
                                                applier.apply(mapping, definition, after, after, rows);
                                        return done.rows() > done.gone();
                                    }
                                }),
                        verdict(before, row -> entries.get(row.position()).key()))
                .find(entries.size(), failure);
        List<BadRow> bad = new ArrayList<>();
        for (Bisection.Bad row : found.bad()) {
            Entry entry = entries.get(row.position());
            if (!isGoneAnyway(mapping, tenant, entry.key(), row.error())) {
                bad.add(BadRow.of(entry.key(), entry.sequenceId(), row.error()));
            }
        }
        store.park(session.database(), mapping, bad);
        applier.pass(mapping, definition, after, upTo, !bad.isEmpty(), found.inARow(before));
        return bad.size();
    }

    /**
     * Whether the row is deleted and the target cannot even store its key: then it has no such row, and there is
     * nothing to do.
     */
    private boolean isGoneAnyway(Mapping mapping, String tenant, List<String> key, SQLException error)
            throws SQLException {
        if (!DataErrors.isUntranslatable(error)) {
            return false;
        }
        try (KeyedRows rows = fetcher.keyed(mapping, tenant, List.of(key))) {
            byte[] row = rows.next();
            return row != null && rows.format().flagAfter(row, key.size());
        }
    }

    /** Applies one row; applying it again changes nothing. */
    @FunctionalInterface
    private interface One {
        /**
         * @return whether there was a row to apply
         */
        boolean apply(List<String> behind, List<String> key) throws SQLException, OvertakenException;
    }

    /** Whether one of the tenant's first rows, other than this one, can be applied. */
    private boolean anotherPasses(Mapping mapping, String tenant, List<String> key, One one)
            throws SQLException, OvertakenException {
        List<String> behind = List.of();
        for (List<String> other : fetcher.nextKeys(mapping, tenant, List.of(), NEIGHBOURS)) {
            try {
                if (!other.equals(key) && one.apply(behind, other)) {
                    return true;
                }
            } catch (SQLException e) {
                if (!DataErrors.mayBe(e)) {
                    throw e;
                }
            }
            behind = other;
        }
        return false;
    }

    /** Removes the parked rows of a mapping when a copy begins, which decides on every row again. */
    public void forget(ExternalDatabase target, Mapping mapping) throws SQLException {
        store.forget(target, mapping);
    }

    /** Called for each committed portion of a copy. */
    @FunctionalInterface
    public interface CopyProgress {
        /**
         * @param copy as it stands after the portion
         */
        void copied(long rows, int parked, MappingState.Copy copy);
    }

    /**
     * Continues a copy after a chunk failed, except for the bad rows, to its last row.
     *
     * @param begun in a table that has its key
     */
    public MappingState.Copy copy(
            TargetSession session, Mapping mapping, MappingState.Copy begun, CopyProgress progress, Runnable checkpoint)
            throws SQLException, OvertakenException {
        String tenant = session.database().tenant();
        TableCopier copier = new TableCopier(session, mapping);
        MappingState.Copy copy = begun;
        List<List<String>> keys = fetcher.nextKeys(mapping, tenant, copy.position(), PORTION);
        while (!keys.isEmpty()) {
            copy = portion(session, mapping, copier, copy, keys, progress, checkpoint);
            keys = fetcher.nextKeys(mapping, tenant, copy.position(), PORTION);
        }
        return copy;
    }

    private MappingState.Copy portion(
            TargetSession session,
            Mapping mapping,
            TableCopier copier,
            MappingState.Copy copy,
            List<List<String>> keys,
            CopyProgress progress,
            Runnable checkpoint)
            throws SQLException, OvertakenException {
        String tenant = session.database().tenant();
        List<String> last = keys.get(keys.size() - 1);
        Bisection.Attempt attempt = (from, to) -> {
            checkpoint.run();
            List<String> behind = from == 0 ? copy.position() : keys.get(from - 1);
            try (KeyedRows rows = fetcher.rows(mapping, tenant, behind, keys.get(to - 1))) {
                return copier.merge(copy, rows);
            }
        };
        int before = session.state(mapping).refusals().inARow();
        try {
            long rows = attempt.apply(0, keys.size());
            MappingState.Copy next = copier.moveTo(copy, last, rows, false, rows > 0 ? 0 : before);
            progress.copied(rows, 0, next);
            return next;
        } catch (SQLException e) {
            if (!DataErrors.mayBe(e)) {
                throw e;
            }
            Bisection.Found found = new Bisection(
                            attempt,
                            row -> anotherPasses(mapping, tenant, keys.get(row.position()), (behind, key) -> {
                                try (KeyedRows rows = fetcher.rows(mapping, tenant, behind, key)) {
                                    return copier.merge(copy, rows) > 0;
                                }
                            }),
                            verdict(before, row -> keys.get(row.position())))
                    .find(keys.size(), e);
            List<BadRow> bad = found.bad().stream()
                    .map(row -> BadRow.of(keys.get(row.position()), copy.sequenceId(), row.error()))
                    .toList();
            store.park(session.database(), mapping, bad);
            MappingState.Copy next = copier.moveTo(copy, last, found.applied(), !bad.isEmpty(), found.inARow(before));
            progress.copied(found.applied(), bad.size(), next);
            return next;
        }
    }

    private interface KeyOf {
        List<String> key(Bisection.Bad row);
    }

    private Bisection.Verdict verdict(int inARow, KeyOf keyOf) {
        return (row, bad, applied) -> {
            if (policy == OnBadRow.STOP) {
                throw RefusedException.stopped(String.join(", ", keyOf.key(row)), row.error());
            }
            if (applied == 0 && inARow + bad >= MOST_IN_A_ROW) {
                throw RefusedException.tooMany(row.error());
            }
        };
    }

    /** The result of retrying parked rows. */
    public record Retried(int applied, int refused) {}

    /**
     * Maintains the parked rows of a mapping that is caught up: removes those applied since, and retries those that are
     * due.
     *
     * @return false if the target says that rows are parked and the source lists none, so that it is unknown which
     */
    public boolean settle(TargetSession session, Mapping mapping, String definition, Runnable checkpoint)
            throws SQLException, OvertakenException {
        if (store.count(session.database(), mapping) == 0) {
            return false;
        }
        long cursor = session.state(mapping).cursor();
        store.forgetApplied(session.database(), mapping, cursor);
        retry(session, mapping, definition, store.due(session.database(), mapping, RETRIED_AT_ONCE), checkpoint);
        forgetIfNone(session, mapping, definition, cursor);
        return true;
    }

    /** Retries rows with their current values. Those refused again stay parked. For the command line. */
    public Retried retryNow(TargetSession session, Mapping mapping, String definition, List<BadRow> rows)
            throws SQLException, OvertakenException {
        long cursor = session.state(mapping).cursor();
        Retried retried = retry(session, mapping, definition, rows, () -> {});
        forgetIfNone(session, mapping, definition, cursor);
        return retried;
    }

    private void forgetIfNone(TargetSession session, Mapping mapping, String definition, long cursor)
            throws SQLException, OvertakenException {
        if (store.count(session.database(), mapping) == 0) {
            new ChangeApplier(session).noneParked(mapping, definition, cursor);
        }
    }

    private Retried retry(
            TargetSession session, Mapping mapping, String definition, List<BadRow> rows, Runnable checkpoint)
            throws SQLException, OvertakenException {
        if (rows.isEmpty()) {
            return new Retried(0, 0);
        }
        long cursor = session.state(mapping).cursor();
        ChangeApplier applier = new ChangeApplier(session);
        Bisection.Attempt attempt = (from, to) -> {
            checkpoint.run();
            List<List<String>> keys =
                    rows.subList(from, to).stream().map(BadRow::key).toList();
            try (KeyedRows current = fetcher.keyed(mapping, session.database().tenant(), keys)) {
                return applier.apply(mapping, definition, cursor, cursor, current)
                        .rows();
            }
        };
        Bisection.Found found;
        try {
            found = new Bisection.Found(List.of(), attempt.apply(0, rows.size()));
        } catch (SQLException e) {
            if (!DataErrors.mayBe(e)) {
                throw e;
            }
            found = new Bisection(
                            attempt,
                            row -> true, // this row was found to be at fault before
                            (row, bad, applied) -> {})
                    .find(rows.size(), e);
        }
        List<BadRow> applied = new ArrayList<>(rows);
        List<BadRow> refused = new ArrayList<>();
        for (Bisection.Bad bad : found.bad()) {
            BadRow row = rows.get(bad.position());
            if (!isGoneAnyway(mapping, session.database().tenant(), row.key(), bad.error())) {
                applied.remove(row);
                refused.add(BadRow.of(row.key(), row.sequenceId(), bad.error()));
            }
        }
        session.flush(); // a crash of the target must not undo what nobody would fetch again
        store.remove(session.database(), mapping, applied);
        store.park(session.database(), mapping, refused);
        return new Retried(applied.size(), refused.size());
    }
}
