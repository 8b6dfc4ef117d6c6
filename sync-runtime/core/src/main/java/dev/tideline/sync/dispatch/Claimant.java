package dev.tideline.sync.dispatch;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The owner of claims: a number recorded in requests and, while the owner lives, held as an advisory lock. So the
 * claims of a killed owner need not wait for their leases to end. Immutable.
 *
 * @param number 1 to 2,147,483,647
 */
public record Claimant(int number) {

    /** The first half of the lock's key; an arbitrary number that nobody else uses. */
    public static final int LOCK_CLASS = 741_553_110;

    private static final String ALIVE = SqlTemplate.text("3-dispatch/alive");

    public static Claimant random() {
        return new Claimant(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    }

    /** Shows that the owner lives, for as long as this session lasts. */
    public void live(Connection session) throws SQLException {
        Jdbc.one(session, "SELECT pg_advisory_lock_shared(?, ?)", row -> true, LOCK_CLASS, number);
    }

    /** The number of living claimants: runtimes working on this source, and polls by hand. */
    public static int alive(Connection source) throws SQLException {
        return Jdbc.one(source, ALIVE, row -> row.getInt(1), LOCK_CLASS);
    }

    /** The form recorded in a request. */
    public String text() {
        return String.valueOf(number);
    }
}
