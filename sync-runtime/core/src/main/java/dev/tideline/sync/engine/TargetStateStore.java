package dev.tideline.sync.engine;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * Records in the source the last known state of each target. The status reads it, and so does the roll call after a
 * start. It never decides what is done to a target: the truth is in the target's own metadata. Safe for use by many
 * threads.
 */
public final class TargetStateStore {

    private static final String RECORD = SqlTemplate.text("5-apply/record-state");
    private static final String COPIED = SqlTemplate.text("5-apply/record-copied");
    /** The shortest time between two writes for a healthy target: each write makes a new version of its row. */
    static final Duration REST = Duration.ofMillis(250);

    private static final String SETTLED = SqlTemplate.text("5-apply/settled-targets");
    private static final String FORGET = SqlTemplate.text("5-apply/forget-states");

    private final SourceDatabase source;
    private final LongSupplier clock;
    private final Map<ExternalDatabase, Written> written = new HashMap<>(); // guarded by this

    /** A delayed state is not written at the same time as a newer one: it could come last and replace it. */
    private final ReadWriteLock order = new ReentrantReadWriteLock();

    public TargetStateStore(SourceDatabase source) {
        this(source, System::nanoTime);
    }

    /**
     * @param clock a monotonic one, in nanoseconds
     */
    TargetStateStore(SourceDatabase source, LongSupplier clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * The last state written of a healthy target.
     *
     * @param at when it was written
     * @param later the newest state that was not written yet; null if there is none
     */
    private record Written(long at, TargetSync.Result later) {}

    /**
     * Records where each mapping stands after a run, and what stopped those that are not caught up. For a target that
     * stays healthy this writes at most once per {@link #REST}; {@link #writeDue} writes the rest.
     */
    void ran(ExternalDatabase target, TargetSync.Result result, Map<String, TargetHealth.Failure> failed)
            throws SQLException {
        order.readLock().lock();
        try {
            if (isDue(target, result)) {
                write(target, result, failed);
            }
        } finally {
            order.readLock().unlock();
        }
    }

    private synchronized boolean isDue(ExternalDatabase target, TargetSync.Result result) {
        if (!result.failures().isEmpty()) {
            written.remove(target);
            return true;
        }
        Written last = written.get(target);
        boolean due = last == null || clock.getAsLong() - last.at() >= REST.toNanos();
        written.put(target, due ? new Written(clock.getAsLong(), null) : new Written(last.at(), result));
        return due;
    }

    /**
     * Writes the states that have waited long enough.
     *
     * @param all whether to write all others, too
     */
    void writeDue(boolean all) throws SQLException {
        for (ExternalDatabase target : due(all)) {
            order.writeLock().lock(); // one target at a time, because runs wait for this to end
            try {
                writeLater(target);
            } finally {
                order.writeLock().unlock();
            }
        }
    }

    private void writeLater(ExternalDatabase target) throws SQLException {
        TargetSync.Result later;
        synchronized (this) {
            Written last = written.get(target);
            if (last == null || last.later() == null) {
                return;
            }
            later = last.later();
        }
        write(target, later, Map.of());
        synchronized (this) {
            written.put(target, new Written(clock.getAsLong(), null));
        }
    }

    /** The targets with a state to write. Forgets those that have none. */
    private synchronized List<ExternalDatabase> due(boolean all) {
        List<ExternalDatabase> due = new ArrayList<>();
        long now = clock.getAsLong();
        written.entrySet().removeIf(entry -> {
            Written last = entry.getValue();
            boolean rested = now - last.at() >= REST.toNanos();
            if (last.later() != null && (rested || all)) {
                due.add(entry.getKey());
            }
            return last.later() == null && rested;
        });
        return due;
    }

    private synchronized void forget(ExternalDatabase target) {
        written.remove(target);
    }

    private void write(ExternalDatabase target, TargetSync.Result result, Map<String, TargetHealth.Failure> failed)
            throws SQLException {
        note(connection -> {
            record(connection, target, "", null, null, null, 0, null);
            for (Map.Entry<String, TargetSync.Position> entry :
                    result.positions().entrySet()) {
                String mapping = entry.getKey();
                SyncException failure = result.failures().get(mapping);
                record(
                        connection,
                        target,
                        mapping,
                        entry.getValue().cursor(),
                        entry.getValue().definition().orElse(null),
                        failure,
                        failure == null ? 0 : failed.get(mapping).failures(),
                        failure == null ? null : failed.get(mapping).retry());
            }
        });
    }

    /** Records that the target as a whole has failed. */
    void failed(ExternalDatabase target, SyncException failure, int failures, Duration retry) throws SQLException {
        order.readLock().lock();
        try {
            forget(target);
            note(connection -> record(connection, target, "", null, null, failure, failures, retry));
        } finally {
            order.readLock().unlock();
        }
    }

    /** Removes targets of these tenants that are no longer listed. */
    void keepOnly(Collection<String> tenants, Collection<ExternalDatabase> targets) throws SQLException {
        synchronized (this) {
            written.keySet().removeIf(target -> tenants.contains(target.tenant()) && !targets.contains(target));
        }
        note(connection -> Jdbc.update(
                connection,
                FORGET,
                targets.stream().map(ExternalDatabase::tenant).toList(),
                targets.stream().map(ExternalDatabase::name).toList(),
                List.copyOf(tenants),
                List.copyOf(tenants)));
    }

    /** Records that a chunk of a copy was committed. */
    void copied(ExternalDatabase target, Mapping mapping, long rows) throws SQLException {
        forget(target); // a run that copies writes nothing more until it ends
        note(connection ->
                Jdbc.update(connection, COPIED, target.tenant(), target.name(), mapping.name(), address(target), rows));
    }

    private static void record(
            Connection connection,
            ExternalDatabase target,
            String mapping,
            Long cursor,
            String definition,
            SyncException failure,
            int failures,
            Duration retry)
            throws SQLException {
        Jdbc.update(
                connection,
                RECORD,
                target.tenant(),
                target.name(),
                mapping,
                address(target),
                cursor,
                definition,
                failure == null ? null : failure.getMessage(),
                failures,
                retry == null ? null : retry.toMillis() + " milliseconds");
    }

    private interface Work {
        void run(Connection connection) throws SQLException;
    }

    private void note(Work work) throws SQLException {
        try (Connection connection = source.bookkeeping()) {
            work.run(connection);
        }
    }

    record Known(String tenant, String name, String address) {

        static Known of(ExternalDatabase target) {
            return new Known(target.tenant(), target.name(), TargetStateStore.address(target));
        }
    }

    /**
     * The targets that were caught up when they were last synced, most recent first.
     *
     * @param definitions current definition of each mapping
     */
    List<Known> settled(Map<String, String> definitions) throws SQLException {
        try (Connection connection = source.connection()) {
            return Jdbc.list(
                    connection,
                    SETTLED,
                    row -> new Known(row.getString(1), row.getString(2), row.getString(3)),
                    List.copyOf(definitions.keySet()),
                    List.copyOf(definitions.values()),
                    definitions.size());
        }
    }

    private static String address(ExternalDatabase target) {
        try {
            return PostgresUrl.parse(target.url()).redacted();
        } catch (ConfigException e) {
            return "(an address that cannot be read)";
        }
    }
}
