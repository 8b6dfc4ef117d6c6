package dev.tideline.sync.dispatch;

import dev.tideline.sync.config.PollerConfig;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/** Claims waiting requests and passes each to the handler. Used by one thread. */
public final class Poller {

    private final RequestStore requests;
    private final PollerConfig config;
    private final String claimant;
    private final LongSupplier layoutVersion;
    private final RequestHandler handler;
    private final ClaimFloor floor;
    private final Tracing tracing;
    private long claimedFor = -1;

    /**
     * @param layoutVersion that the handler uses; nothing is claimed while another one is installed
     * @param handler receives the claims
     */
    public Poller(
            RequestStore requests,
            PollerConfig config,
            String claimant,
            LongSupplier layoutVersion,
            RequestHandler handler,
            Tracing tracing) {
        this.requests = requests;
        this.config = config;
        this.claimant = claimant;
        this.layoutVersion = layoutVersion;
        this.handler = handler;
        this.tracing = tracing;
        this.floor = new ClaimFloor(requests, System::nanoTime);
    }

    /**
     * The result of a pass.
     *
     * @param more whether the limit may have left others
     */
    public record Claimed(int requests, boolean more) {}

    /** Claims what is waiting, up to the limit. */
    public Claimed runOnce() throws SQLException {
        requests.reclaimLost(claimant, handler::inFlight);
        int limit = Math.min(config.claimLimit(), handler.capacity());
        if (limit <= 0) {
            return new Claimed(0, false);
        }
        Instant began = Instant.now();
        List<Claim> claims = claim(limit);
        if (!claims.isEmpty()) { // polls that find nothing make no spans
            Tracing.within(tracing.span("tideline.dispatch").setStartTimestamp(began), span -> {
                span.setAttribute(Tracing.REQUESTS, claims.size());
                handler.submit(claims);
                return null;
            });
        }
        return new Claimed(claims.size(), claims.size() == limit);
    }

    private List<Claim> claim(int limit) throws SQLException {
        long version = layoutVersion.getAsLong();
        if (version != claimedFor) {
            floor.forget();
            claimedFor = version;
        }
        try {
            return requests.claim(claimant, limit, config.lease(), version, floor.id());
        } catch (SQLException e) {
            floor.forget(); // it may be another server by the next time
            throw e;
        }
    }
}
