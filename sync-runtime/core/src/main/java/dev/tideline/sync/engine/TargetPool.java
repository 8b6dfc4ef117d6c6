package dev.tideline.sync.engine;

import dev.tideline.sync.apply.TargetOpening;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * Sessions with external databases: many targets, few connections. An idle session is closed after half a minute, or
 * earlier if another target needs its place. Safe for use by many threads.
 */
public final class TargetPool implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    /** How long a target may accept no data from us. */
    private static final Duration TAKES_NOTHING = Duration.ofSeconds(20);

    private final GenericKeyedObjectPool<ExternalDatabase, TargetSession> pool;
    private final Set<TargetSession> inUse = ConcurrentHashMap.newKeySet();
    private final Map<ExternalDatabase, WatchedSockets.Waiting> entering = new ConcurrentHashMap<>();

    /**
     * @param connections maximum over all targets
     * @param allowPrivate whether an address may be loopback, link-local or private
     * @param refusal of databases that cannot be targets
     */
    public TargetPool(int connections, boolean allowPrivate, List<Mapping> mappings, TargetOpening.Refusal refusal) {
        GenericKeyedObjectPoolConfig<TargetSession> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(connections);
        config.setMaxTotalPerKey(2);
        config.setMaxIdlePerKey(1);
        config.setMinEvictableIdleDuration(IDLE);
        config.setTimeBetweenEvictionRuns(IDLE.dividedBy(3));
        config.setNumTestsPerEvictionRun(-1);
        config.setMaxWait(Duration.ofMinutes(1));
        config.setJmxEnabled(false);
        this.pool = new GenericKeyedObjectPool<>(new Factory(allowPrivate, mappings, refusal), config);
    }

    @FunctionalInterface
    public interface Work<T> {
        T run(TargetSession session) throws Exception;
    }

    /** Runs work with a session. If the work fails, the session is closed, because its connection may be broken. */
    public <T> T with(ExternalDatabase database, Work<T> work) throws Exception {
        TargetSession session = pool.borrowObject(database);
        boolean sound = false;
        session.waiting().step();
        inUse.add(session);
        try {
            T result = work.run(session);
            sound = session.endedBecause().isEmpty() && !session.spent();
            return result;
        } catch (Exception e) {
            if (session.endedBecause().isPresent()) {
                throw new SQLException(session.endedBecause().get(), "08006", e);
            }
            throw e;
        } finally {
            inUse.remove(session);
            if (sound) {
                pool.returnObject(database, session);
            } else {
                session.end(null); // a clean goodbye could block on a connection that nobody reads
                pool.invalidateObject(database, session);
            }
        }
    }

    /** Whether a target has an idle session, so that it answers at once. */
    boolean hasIdle(ExternalDatabase target) {
        return pool.getNumIdle(target) > 0;
    }

    /** Whether a session with the target has completed the login and is in use. */
    boolean isInside(ExternalDatabase target) {
        return inUse.stream().anyMatch(session -> session.database().equals(target));
    }

    /**
     * Ends the sessions with a target that have not answered for too long.
     *
     * @param patience how long the target may take to answer, or to complete the login
     * @param because why it may take no longer
     * @return whether there is a connection, or an attempt to connect
     */
    boolean endHanging(ExternalDatabase target, Duration patience, String because) {
        boolean connected = false;
        WatchedSockets.Waiting outside = entering.get(target);
        if (outside != null) {
            connected = true;
            if (outside.age().compareTo(patience) > 0) {
                outside.cut("the database has not completed the login, and " + because + "; given up for now");
            }
        }
        for (TargetSession session : inUse) {
            if (!session.database().equals(target)) {
                continue;
            }
            connected = true;
            WatchedSockets.Waiting waiting = session.waiting();
            if (waiting.forTaking().compareTo(patience.compareTo(TAKES_NOTHING) < 0 ? patience : TAKES_NOTHING) > 0) {
                session.end("the database has taken no data for "
                        + waiting.forTaking().toSeconds() + " s; the connection was cut");
            } else if (waiting.ofThisStep().compareTo(patience) > 0
                    && waiting.forAnswer().compareTo(Duration.ZERO) > 0) {
                session.end("the database has not answered for "
                        + waiting.ofThisStep().toMillis() + " ms, and " + because + "; the connection was cut");
            }
        }
        return connected;
    }

    /** Ends all sessions, also those in use: the runtime stops and waits no longer. */
    void endAll() {
        inUse.forEach(session -> session.end("the runtime is stopping"));
    }

    @Override
    public void close() {
        pool.close();
    }

    private final class Factory extends BaseKeyedPooledObjectFactory<ExternalDatabase, TargetSession> {

        private final boolean allowPrivate;
        private final List<Mapping> mappings;
        private final TargetOpening.Refusal refusal;

        Factory(boolean allowPrivate, List<Mapping> mappings, TargetOpening.Refusal refusal) {
            this.allowPrivate = allowPrivate;
            this.mappings = mappings;
            this.refusal = refusal;
        }

        @Override
        public TargetSession create(ExternalDatabase database) throws SQLException, ConfigException {
            PostgresUrl url = PostgresUrl.parse(database.url());
            WatchedSockets.Waiting waiting = WatchedSockets.watch();
            entering.put(database, waiting);
            try {
                TargetSession session =
                        TargetOpening.open(database, allowPrivate ? url : PublicAddress.of(url), waiting, refusal);
                session.works(mappings);
                return session;
            } finally {
                entering.remove(database, waiting);
            }
        }

        @Override
        public PooledObject<TargetSession> wrap(TargetSession session) {
            return new DefaultPooledObject<>(session);
        }

        @Override
        public void destroyObject(ExternalDatabase database, PooledObject<TargetSession> session) throws SQLException {
            session.getObject().close();
        }
    }
}
