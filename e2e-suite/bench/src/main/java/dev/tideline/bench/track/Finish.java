package dev.tideline.bench.track;

import dev.tideline.testkit.Eventually;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Tells when everything has arrived: nothing is a figure until the fingerprints of both sides are equal.
 *
 * @param limit after which a contestant has failed
 */
public record Finish(Track track, Duration limit) {

    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    /** Other tenants' rows belong elsewhere. */
    private static final String TENANT = "item WHERE tenancy_id = 1";

    /** The fingerprint that the target has to reach, read before the clock runs; nobody may write any more. */
    public String goal() throws SQLException {
        return Fingerprint.of(track.source(), track.sourceDatabase(), TENANT);
    }

    /**
     * Until the marked row, which every contestant brings last, is there, and the fingerprints are equal. If they are not
     * equal then, the contestant has another order, and the time runs on until they are.
     *
     * @param start by {@link System#nanoTime}
     * @param wanted from {@link #goal}
     * @return seconds since then
     * @throws dev.tideline.testkit.NotInTimeError if they are not equal within the limit
     */
    public double secondsSince(long start, String wanted, String mark) throws SQLException {
        try (Connection connection = track.external().connect(track.targetDatabase());
                Statement statement = connection.createStatement()) {
            Eventually.await("the row marked '" + mark + "' in " + track.targetDatabase())
                    .atMost(limit)
                    .pollEvery(LOOK_EVERY)
                    .until(() -> isMarked(statement, mark));
        }
        long end = System.nanoTime();
        if (!target().equals(wanted)) {
            equal(wanted);
            end = System.nanoTime();
        }
        return (end - start) / 1e9;
    }

    /** Returns when both sides are equal; nobody writes any more. */
    public void await() throws SQLException {
        equal(goal());
    }

    private void equal(String wanted) {
        Eventually.await(track.targetDatabase() + " equal to its source: " + wanted)
                .atMost(limit)
                .until(this::target, wanted::equals);
    }

    private String target() throws SQLException {
        return Fingerprint.of(track.external(), track.targetDatabase(), TENANT);
    }

    /**
     * Whether the target's table has its key, and the marked row. Without the key nothing is finished, and looking for
     * a row would scan the table, at the expense of whoever fills it.
     */
    private boolean isMarked(Statement statement, String mark) throws SQLException {
        try (ResultSet keyed = statement.executeQuery(
                "SELECT EXISTS (SELECT FROM pg_index WHERE indrelid = to_regclass('item') AND indisprimary)")) {
            keyed.next();
            if (!keyed.getBoolean(1)) {
                return false;
            }
        }
        try (ResultSet marked = statement.executeQuery(
                "SELECT 1 FROM item WHERE id = " + track.rows() + " AND note = '" + mark + "'")) {
            return marked.next();
        }
    }
}
