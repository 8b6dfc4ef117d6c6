package dev.tideline.sync.dispatch;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claims that a handler has accepted and not ended. Safe for use by many threads. */
public final class ClaimsInFlight {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimsInFlight.class);

    private final Map<Long, Claim> claims = new ConcurrentHashMap<>();
    private final RequestStore requests;
    private final Runnable freed;

    /**
     * @param freed runs whenever a claim has ended: the poller may claim another request of its tenant
     */
    public ClaimsInFlight(RequestStore requests, Runnable freed) {
        this.requests = requests;
        this.freed = freed;
    }

    /** Records in the source that a request is done, or due again. */
    @FunctionalInterface
    public interface Ending {
        void record() throws SQLException;
    }

    public void take(Collection<Claim> taken) {
        taken.forEach(claim -> claims.put(claim.requestId(), claim));
    }

    /** Ends a claim. If that cannot be recorded, its request is carried out again. */
    public void end(Claim claim, Ending ending) {
        boolean recorded = false;
        try {
            ending.record();
            recorded = true;
        } catch (SQLException e) {
            LOG.warn(
                    "tenant {}: cannot record that its request has ended, so it will be carried out again: {}",
                    claim.tenant(),
                    e.toString());
        } finally {
            claims.remove(claim.requestId());
            if (!recorded) {
                requests.lost(); // after the removal, because a claim counts as lost if it is not in flight
            }
            freed.run();
        }
    }

    public void renewLeases(Duration lease) throws SQLException {
        for (Claim claim : claims.values()) {
            requests.renew(claim, lease);
        }
    }

    public Set<Long> ids() {
        return Set.copyOf(claims.keySet());
    }

    public int size() {
        return claims.size();
    }
}
