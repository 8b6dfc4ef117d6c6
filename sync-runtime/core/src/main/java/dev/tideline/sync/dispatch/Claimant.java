package dev.tideline.sync.dispatch;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who claims: a number that stands in the requests and, while its owner lives, in an advisory lock. So a claim whose
 * owner was killed need not wait for its lease to end. Immutable.
 *
 * @param number 1 to 2,147,483,647
 */
public record Claimant(int number) {

    /** The first half of the lock's key; any number that nobody else uses. */
    public static final int LOCK_CLASS = 741_553_110;

    private static final String ALIVE = SqlTemplate.text("3-dispatch/alive");

    /** A new one. */
    public static Claimant random() {
        return new Claimant(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    }

    /** Shows, for as long as this session lasts, that the owner lives. */
    public void live(Connection session) throws SQLException {
        Jdbc.one(session, "SELECT pg_advisory_lock_shared(?, ?)", row -> true, LOCK_CLASS, number);
    }

    /** How many of them live: the runtimes that are at work on this source, and polls by hand. */
    public static int alive(Connection source) throws SQLException {
        return Jdbc.one(source, ALIVE, row -> row.getInt(1), LOCK_CLASS);
    }

    /** As it stands in a request. */
    public String text() {
        return String.valueOf(number);
    }
}
