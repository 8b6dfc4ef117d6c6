package dev.tideline.sync.dispatch;

import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The requests in the source. Writes commit asynchronously: if a crash of the source undoes a claim or its end, the
 * request is claimed again, and carrying it out twice is harmless. Safe for use by many threads.
 */
public final class RequestStore {

    private static final String CLAIM = SqlTemplate.text("3-dispatch/claim");
    private static final String FINISH = SqlTemplate.text("3-dispatch/finish");
    private static final String RENEW = SqlTemplate.text("3-dispatch/renew");
    private static final String RELEASE = SqlTemplate.text("3-dispatch/release");
    private static final String WAKE = SqlTemplate.text("3-dispatch/wake");
    private static final String ENQUEUE = SqlTemplate.text("3-dispatch/enqueue-sync");
    private static final String WAITING = SqlTemplate.text("3-dispatch/waiting");
    private static final String WITHDRAW = SqlTemplate.text("3-dispatch/withdraw");
    private static final String RECLAIM = SqlTemplate.text("3-dispatch/reclaim-dead");
    private static final String SPAN = SqlTemplate.text("3-dispatch/span");
    private static final String RECLAIM_LOST = SqlTemplate.text("3-dispatch/reclaim-lost");

    private final SourceDatabase source;
    private final AtomicBoolean lost = new AtomicBoolean();

    public RequestStore(SourceDatabase source) {
        this.source = source;
    }

    /**
     * Claims up to {@code limit} requests; none if another layout is installed than this one.
     *
     * @param from the lowest id that may be claimed
     */
    List<Claim> claim(String claimant, int limit, Duration lease, long layoutVersion, long from) throws SQLException {
        try {
            return note(connection -> Jdbc.list(
                    connection,
                    CLAIM,
                    row -> new Claim(row.getLong(1), row.getString(2), row.getLong(3), row.getInt(4), row.getString(5)),
                    interval(lease),
                    claimant,
                    from,
                    layoutVersion,
                    limit));
        } catch (SQLException e) {
            lost(); // the claim may have committed before its answer was lost
            throw e;
        }
    }

    /**
     * The range of existing requests.
     *
     * @param oldest the first that is not done; above all issued ids if there is none
     * @param given the last id that was issued
     */
    record Span(long oldest, long given) {}

    /** Reads all requests, also those that are done and not removed yet. */
    Span span() throws SQLException {
        return note(connection -> Jdbc.one(connection, SPAN, row -> new Span(row.getLong(1), row.getLong(2))));
    }

    /** From now on, a tenant's new requests are compared with each other, and with no earlier one. */
    void beginGeneration() throws SQLException {
        note(connection ->
                Jdbc.one(connection, "SELECT nextval('tideline.request_generation')", row -> row.getLong(1)));
    }

    /** Records that a claim could not be ended, and that nobody works on it any more. */
    public void lost() {
        lost.set(true);
    }

    /**
     * Ends the leases of claims that their claimant does not work on, if a claim or its end failed since the last call:
     * a broken connection leaves such requests, and they would wait for the rest of their leases. For the thread that
     * claims.
     *
     * @param atWork returns the requests that the claimant works on
     */
    public void reclaimLost(String claimant, Supplier<Collection<Long>> atWork) throws SQLException {
        if (!lost.getAndSet(false)) {
            return;
        }
        try {
            List<String> kept = atWork.get().stream().map(String::valueOf).toList();
            note(connection -> Jdbc.update(connection, RECLAIM_LOST, claimant, kept));
        } catch (SQLException e) {
            lost.set(true);
            throw e;
        }
    }

    /** Ends the leases of runtimes that are gone, and returns their number. */
    public int reclaimDead() throws SQLException {
        return note(connection -> Jdbc.update(connection, RECLAIM, Claimant.LOCK_CLASS));
    }

    /**
     * @return whether the claim was still valid
     */
    public boolean finish(Claim claim) throws SQLException {
        return note(connection -> Jdbc.update(connection, FINISH, claim.requestId(), claim.fence()) == 1);
    }

    /**
     * @return whether the claim was still valid
     */
    public boolean renew(Claim claim, Duration lease) throws SQLException {
        return note(
                connection -> Jdbc.update(connection, RENEW, interval(lease), claim.requestId(), claim.fence()) == 1);
    }

    /** Gives a claim back, to be claimed again after a delay. */
    public void release(Claim claim, Duration delay, String error) throws SQLException {
        note(connection -> Jdbc.update(connection, RELEASE, claim.requestId(), claim.fence(), interval(delay), error));
    }

    /** Makes sure that a request of this tenant is claimed after this time at the latest. */
    public void wake(String tenant, Duration after) throws SQLException {
        note(connection -> Jdbc.update(connection, WAKE, interval(after), tenant));
    }

    /** Creates a request for each of these tenants, unless one is waiting already. */
    public void enqueue(Collection<String> tenants) throws SQLException {
        note(connection -> Jdbc.update(connection, ENQUEUE, List.copyOf(tenants)));
    }

    /** An unclaimed request, as it was at one moment. */
    public record Waiting(long requestId, String version) {}

    /** The waiting requests of a tenant. All their changes are visible to whoever reads the ledgers after this. */
    public List<Waiting> waiting(String tenant) throws SQLException {
        return note(connection ->
                Jdbc.list(connection, WAITING, row -> new Waiting(row.getLong(1), row.getString(2)), tenant));
    }

    /**
     * Removes requests that were carried out without having been claimed. Those that have received further changes
     * since then stay.
     */
    public void withdraw(Collection<Waiting> carriedOut) throws SQLException {
        note(connection -> Jdbc.update(
                connection,
                WITHDRAW,
                carriedOut.stream().map(Waiting::requestId).map(String::valueOf).toList(),
                carriedOut.stream().map(Waiting::version).toList()));
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T note(Work<T> work) throws SQLException {
        try (Connection connection = source.bookkeeping()) {
            return work.run(connection);
        }
    }

    private static String interval(Duration duration) {
        return duration.toMillis() + " milliseconds";
    }
}
