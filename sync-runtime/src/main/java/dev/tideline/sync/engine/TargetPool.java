package dev.tideline.sync.engine;

import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericKeyedObjectPoolConfig;

/**
 * Sessions with external databases: many targets, few connections. One that is idle makes room when another target
 * needs it, and is closed after half a minute. Safe for use by many threads.
 */
public final class TargetPool implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);

    private final GenericKeyedObjectPool<ExternalDatabase, TargetSession> pool;

    /**
     * @param connections how many there may be at most, over all targets
     * @param allowPrivate whether an address may be loopback, link-local or private
     */
    public TargetPool(int connections, boolean allowPrivate) {
        GenericKeyedObjectPoolConfig<TargetSession> config = new GenericKeyedObjectPoolConfig<>();
        config.setMaxTotal(connections);
        config.setMaxTotalPerKey(2);
        config.setMaxIdlePerKey(1);
        config.setMinEvictableIdleDuration(IDLE);
        config.setTimeBetweenEvictionRuns(IDLE.dividedBy(3));
        config.setNumTestsPerEvictionRun(-1);
        config.setMaxWait(Duration.ofMinutes(1));
        config.setJmxEnabled(false);
        this.pool = new GenericKeyedObjectPool<>(new Factory(allowPrivate), config);
    }

    /** What is done with a session. */
    @FunctionalInterface
    public interface Work<T> {
        T run(TargetSession session) throws Exception;
    }

    /** Does work with a session. One in which work failed is closed, for its connection may be broken. */
    public <T> T with(ExternalDatabase database, Work<T> work) throws Exception {
        TargetSession session = pool.borrowObject(database);
        boolean sound = false;
        try {
            T result = work.run(session);
            sound = true;
            return result;
        } finally {
            if (sound) {
                pool.returnObject(database, session);
            } else {
                pool.invalidateObject(database, session);
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Factory extends BaseKeyedPooledObjectFactory<ExternalDatabase, TargetSession> {

        private final boolean allowPrivate;

        Factory(boolean allowPrivate) {
            this.allowPrivate = allowPrivate;
        }

        @Override
        public TargetSession create(ExternalDatabase database) throws SQLException, ConfigException {
            PostgresUrl url = PostgresUrl.parse(database.url());
            return TargetSession.open(database, allowPrivate ? url : PublicAddress.of(url));
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
