package dev.tideline.sync.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The request from which on a claim searches. It does not start at the first, because requests that are done remain in
 * the table as long as anybody's transaction is open. Now and then it searches all, since ids may become visible out of
 * order. Used by one thread.
 */
final class ClaimFloor {

    /** How long a request may be overlooked whose transaction was open for as long before it committed. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** The minimum number of requests in a generation. */
    static final long MANY = 200;

    private final RequestStore requests;
    private final LongSupplier clock;
    private boolean known;
    private long looked;
    private long given;
    private long floor;

    /**
     * @param clock a monotonic one, in nanoseconds
     */
    ClaimFloor(RequestStore requests, LongSupplier clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /**
     * The first request that a claim has to consider. Everything visible at the time of the last query is from there
     * on.
     */
    long id() throws SQLException {
        long now = clock.getAsLong();
        if (!known || now - looked >= EVERY.toNanos()) {
            RequestStore.Span span = requests.span();
            if (known && span.given() - given >= MANY) {
                requests.beginGeneration();
            }
            floor = known ? Math.min(span.oldest(), given + 1) : 0;
            given = span.given();
            looked = now;
            known = true;
        }
        return floor;
    }

    /** Makes the next claim search all requests, because there may be others than those known. */
    void forget() {
        known = false;
    }
}
