package dev.tideline.sync.park;

import dev.tideline.sync.apply.OvertakenException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a batch that cannot be applied, and applies all others: each bad row takes about log2 of the
 * batch's size attempts. Used by one thread, once.
 */
final class Bisection {

    /** Applies the rows from one position up to but excluding another, all or none. May be repeated. */
    @FunctionalInterface
    interface Attempt {
        /**
         * @return the number of rows
         */
        long apply(int from, int to) throws SQLException, OvertakenException;
    }

    /** A row that failed on its own. */
    record Bad(int position, SQLException error) {}

    /**
     * The result for a batch.
     *
     * @param applied number of rows applied
     */
    record Found(List<Bad> bad, long applied) {

        /** The number of rows refused in a row so far. */
        int inARow(int before) {
            return applied > 0 || bad.isEmpty() ? 0 : before + bad.size();
        }
    }

    /** Called for each row that failed on its own; may end the search by throwing. */
    @FunctionalInterface
    interface Verdict {
        /**
         * @param bad number of rows that have failed so far
         * @param applied number of rows applied so far
         */
        void on(Bad row, int bad, long applied) throws SQLException;
    }

    /** Tries rows that are not in the batch. */
    @FunctionalInterface
    interface Elsewhere {
        /**
         * @return whether one of them can be applied
         */
        boolean passes(Bad row) throws SQLException, OvertakenException;
    }

    private final Attempt attempt;
    private final Elsewhere elsewhere;
    private final Verdict verdict;
    private int size;
    private boolean othersPass;
    private final List<Bad> bad = new ArrayList<>();
    private long applied;

    /**
     * @param elsewhere called if no row of the batch can be applied, and it is unclear whether the rows are at fault
     */
    Bisection(Attempt attempt, Elsewhere elsewhere, Verdict verdict) {
        this.attempt = attempt;
        this.elsewhere = elsewhere;
        this.verdict = verdict;
    }

    /**
     * @param size of the batch
     * @param error with which the whole batch failed
     */
    Found find(int size, SQLException error) throws SQLException, OvertakenException {
        this.size = size;
        if (size > 0) {
            split(0, size, error);
        }
        if (applied > 0) {
            List<Bad> once = List.copyOf(bad);
            bad.clear();
            for (Bad row : once) { // a later row may have removed the obstacle
                SQLException again = attempt(row.position(), row.position() + 1);
                if (again != null) {
                    bad.add(new Bad(row.position(), again));
                }
            }
        }
        return new Found(List.copyOf(bad), applied);
    }

    private void split(int from, int to, SQLException error) throws SQLException, OvertakenException {
        if (to - from == 1) {
            Bad row = new Bad(from, error);
            if (DataErrors.mayBeTheTables(error) && !othersPass(row)) {
                throw error;
            }
            bad.add(row);
            verdict.on(bad.get(bad.size() - 1), bad.size(), applied);
            return;
        }
        int middle = from + (to - from) / 2;
        SQLException left = attempt(from, middle);
        if (left != null) {
            split(from, middle, left);
        }
        if (left == null && to - middle > 1) {
            split(middle, to, error); // it must be in this half
            return;
        }
        SQLException right = attempt(middle, to);
        if (right != null) {
            split(middle, to, right);
        }
    }

    /** Whether another row can be applied, so that this row itself is at fault. Determined once. */
    private boolean othersPass(Bad row) throws SQLException, OvertakenException {
        for (int other : new int[] {size - 1, size / 2, 0}) {
            othersPass = othersPass || applied > 0 || other != row.position() && passes(other);
        }
        othersPass = othersPass || elsewhere.passes(row);
        return othersPass;
    }

    /** Applies it once more together with its own part, which changes nothing. */
    private boolean passes(int position) throws SQLException, OvertakenException {
        long before = applied;
        boolean passes = attempt(position, position + 1) == null;
        applied = before;
        return passes;
    }

    private SQLException attempt(int from, int to) throws SQLException, OvertakenException {
        try {
            applied += attempt.apply(from, to);
            return null;
        } catch (SQLException e) {
            if (!DataErrors.mayBe(e)) {
                throw e;
            }
            return e;
        }
    }
}
