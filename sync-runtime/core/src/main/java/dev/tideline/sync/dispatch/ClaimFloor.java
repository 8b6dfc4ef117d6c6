package dev.tideline.sync.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * From which request on a claim looks: not from the first that ever was, since requests that are done lie in the way as
 * long as somebody's transaction is open. Now and then all is looked at, for ids become visible in another order than
 * they are given. Used by one thread.
 */
final class ClaimFloor {

    /** How long a request may be overlooked whose transaction was open for as long before it committed. */
    static final Duration EVERY = Duration.ofSeconds(10);

    /** Requests of one generation, at least. */
    static final long MANY = 200;

    private final RequestStore requests;
    private final LongSupplier clock;
    private boolean known;
    private long looked;
    private long given;
    private long floor;

    /** @param clock a monotonic one, in nanoseconds */
    ClaimFloor(RequestStore requests, LongSupplier clock) {
        this.requests = requests;
        this.clock = clock;
    }

    /** The first request that a claim has to look at. Everything that could be seen when this last asked is from there on. */
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

    /** Has the next claim look at all: other requests may be there than those that were known. */
    void forget() {
        known = false;
    }
}
