package dev.tideline.directory.writer;

import dev.tideline.directory.DirectorySession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes to the Directory's tables, one realistic transaction at a time. The same seed, tenants and calls give the same
 * transactions, row for row, if nobody else writes to these tenants. About one in thirty is rolled back on purpose. For
 * one thread; it never waits, so that the caller decides on the pace.
 */
public final class DirectoryWriter implements AutoCloseable {

    private static final int ROLLED_BACK_ONE_IN = 30;

    private final Connection connection;
    private final DirectorySession session;
    private final Random random;
    private final InstantSource clock;
    private final List<Population> populations;
    private long unique;

    /**
     * Makes a writer that knows of no user yet.
     *
     * @param connection for this writer alone; it stays the caller's, but is out of autocommit mode from now on
     * @param tenants which exist and have no users
     * @param seed decides everything
     * @param clock for {@link WrittenTransaction#commitSent()} only
     * @throws SQLException if the connection is lost
     */
    public DirectoryWriter(Connection connection, List<String> tenants, long seed, InstantSource clock)
            throws SQLException {
        if (tenants.isEmpty()) {
            throw new IllegalArgumentException("a writer needs a tenant");
        }
        connection.setAutoCommit(false);
        this.connection = connection;
        this.session = new DirectorySession(connection);
        this.random = new Random(seed);
        this.clock = clock;
        this.populations = tenants.stream().map(Population::new).toList();
    }

    /**
     * Signs up users for each tenant, in one transaction each.
     *
     * @param users how many for each
     */
    public void populate(int users) throws SQLException {
        for (Population population : populations) {
            Edit edit = new Edit(session, population, random, this::next);
            for (int i = 0; i < users; i++) {
                edit.signUp(1 + random.nextInt(2));
            }
            connection.commit();
            edit.commit();
        }
    }

    /** Runs one transaction of some tenant. */
    public WrittenTransaction runOnce() throws SQLException {
        Population population = populations.get(random.nextInt(populations.size()));
        Edit edit = new Edit(session, population, random, this::next);
        boolean committed = random.nextInt(ROLLED_BACK_ONE_IN) != 0;
        Activity activity = edit.run(Activity.any(random));
        WrittenTransaction written =
                new WrittenTransaction(population.tenant(), activity, committed, clock.instant(), edit.changes());
        if (committed) {
            connection.commit();
            edit.commit();
        } else {
            connection.rollback();
        }
        return written;
    }

    /**
     * Signs up one more user with an address, in each tenant: the last thing to do for whoever wants to know when all
     * that was done before has arrived.
     *
     * @return one transaction for each tenant, which inserts one user and one channel
     */
    public List<WrittenTransaction> signUpEverywhere() throws SQLException {
        List<WrittenTransaction> last = new ArrayList<>();
        for (Population population : populations) {
            Edit edit = new Edit(session, population, random, this::next);
            edit.signUp(1);
            last.add(new WrittenTransaction(
                    population.tenant(), Activity.SIGN_UP, true, clock.instant(), edit.changes()));
            connection.commit();
            edit.commit();
        }
        return List.copyOf(last);
    }

    private long next() {
        return ++unique;
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
