package dev.tideline.sync.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Carries out the requests that a poller claims. Safe for use by many threads. */
public interface RequestHandler extends AutoCloseable {

    /** How many more requests can be accepted now. */
    int capacity();

    /** The ids of the requests that were accepted and are not done. */
    Collection<Long> inFlight();

    /** Accepts claims and returns at once; each is ended after it was carried out. */
    void submit(List<Claim> claims);

    /** Renews the leases of all claims in flight. */
    void renewLeases(Duration lease) throws SQLException;

    /** Whether nothing is in flight. */
    boolean idle();

    @Override
    void close();
}
