package dev.tideline.sync.park;

import dev.tideline.sync.apply.OvertakenException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a batch that cannot be applied, and applies all others: about log2 of the batch's size attempts for
 * each of them. Used by one thread, once.
 */
final class Bisection {

    /** Applies the rows from one position to before another, all or none. May be repeated. */
    @FunctionalInterface
    interface Attempt {
        /** @return how many rows there were */
        long apply(int from, int to) throws SQLException, OvertakenException;
    }

    /** A row that failed alone. */
    record Bad(int position, SQLException error) {}

    /**
     * What came of a batch.
     *
     * @param applied rows that were
     */
    record Found(List<Bad> bad, long applied) {

        /** How many were refused in a row by now. */
        int inARow(int before) {
            return applied > 0 || bad.isEmpty() ? 0 : before + bad.size();
        }
    }

    /** Is told of each row that failed alone, and may end the search by throwing. */
    @FunctionalInterface
    interface Verdict {
        /**
         * @param bad how many have failed by now
         * @param applied how many were applied by now
         */
        void on(Bad row, int bad, long applied) throws SQLException;
    }

    private final Attempt attempt;
    private final Verdict verdict;
    private final List<Bad> bad = new ArrayList<>();
    private long applied;

    Bisection(Attempt attempt, Verdict verdict) {
        this.attempt = attempt;
        this.verdict = verdict;
    }

    /**
     * @param size of the batch
     * @param error what the whole batch failed with
     */
    Found find(int size, SQLException error) throws SQLException, OvertakenException {
        if (size > 0) {
            split(0, size, error);
        }
        if (applied > 0) {
            List<Bad> once = List.copyOf(bad);
            bad.clear();
            for (Bad row : once) { // what it stumbled over may have been set right by a row behind it
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
            bad.add(new Bad(from, error));
            verdict.on(bad.get(bad.size() - 1), bad.size(), applied);
            return;
        }
        int middle = from + (to - from) / 2;
        SQLException left = attempt(from, middle);
        if (left != null) {
            split(from, middle, left);
        }
        if (left == null && to - middle > 1) {
            split(middle, to, error); // it must be in here
            return;
        }
        SQLException right = attempt(middle, to);
        if (right != null) {
            split(middle, to, right);
        }
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
