package dev.tideline.sync.engine;

import dev.tideline.sync.SyncException;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes into the source what the runtime last knew of each target, for whoever asks for the status, and for the order in
 * which targets are looked at after a start. Never decides what is done to a target: the truth is in the target's own
 * metadata. Safe for use by many threads.
 */
final class TargetStateStore {

    private static final String RECORD = SqlTemplate.text("5-apply/record-state");
    private static final String COPIED = SqlTemplate.text("5-apply/record-copied");
    private static final String SETTLED = SqlTemplate.text("5-apply/settled-targets");
    private static final String FORGET = SqlTemplate.text("5-apply/forget-states");

    private final SourceDatabase source;

    TargetStateStore(SourceDatabase source) {
        this.source = source;
    }

    /** A run ended: where each mapping stands, and what stopped those that are not caught up. */
    void ran(ExternalDatabase target, TargetSync.Result result, Map<String, TargetHealth.Failure> failed)
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

    /** The target as a whole could not be worked with. */
    void failed(ExternalDatabase target, SyncException failure, int failures, Duration retry) throws SQLException {
        note(connection -> record(connection, target, "", null, null, failure, failures, retry));
    }

    /** Forgets targets of these tenants that are listed no more. */
    void keepOnly(Collection<String> tenants, Collection<ExternalDatabase> targets) throws SQLException {
        note(connection -> Jdbc.update(
                connection,
                FORGET,
                targets.stream().map(ExternalDatabase::tenant).toList(),
                targets.stream().map(ExternalDatabase::name).toList(),
                List.copyOf(tenants),
                List.copyOf(tenants)));
    }

    /** A chunk of a copy was committed. */
    void copied(ExternalDatabase target, Mapping mapping, long rows) throws SQLException {
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

    /** A target at an address, without its password. */
    record Known(String tenant, String name, String address) {

        static Known of(ExternalDatabase target) {
            return new Known(target.tenant(), target.name(), TargetStateStore.address(target));
        }
    }

    /**
     * The targets that had everything when they were last worked with, the last one first.
     *
     * @param definitions what the rows of each mapping are made with now
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
