package dev.tideline.sync.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Carries out the requests that a poller claims. Safe for use by many threads. */
public interface RequestHandler extends AutoCloseable {

    /** How many more requests can be taken now. */
    int capacity();

    /** The ids of the requests that were taken and are not done. */
    Collection<Long> inFlight();

    /** Takes claims and returns at once; each is ended when it is carried out. */
    void submit(List<Claim> claims);

    /** Renews the leases of what is in flight. */
    void renewLeases(Duration lease) throws SQLException;

    /** Whether nothing is in flight. */
    boolean idle();

    @Override
    void close();
}
