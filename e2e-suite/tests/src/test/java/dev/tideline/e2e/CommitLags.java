package dev.tideline.e2e;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Lags from the commit times that both servers record ({@code track_commit_timestamp}) with the same machine's clock.
 * The last change of each row counts, so measuring costs the load nothing.
 */
final class CommitLags {

    private final ServerAddress source;
    private final String database;
    private final ServerAddress external;

    CommitLags(ServerAddress source, String database, ServerAddress external) {
        this.source = source;
        this.database = database;
        this.external = external;
    }

    /**
     * @param since rows that changed later are measured
     */
    Lags of(String table, String key, String tenant, String since, IntFunction<String> target, String targetTable)
            throws SQLException {
        Map<Integer, Map<Long, Long>> committed = new HashMap<>();
        try (Connection connection = source.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + tenant + ", " + key + ", " + micros() + " FROM "
                        + table + " WHERE pg_xact_commit_timestamp(xmin) > '" + since + "'")) {
            while (rows.next()) {
                committed.computeIfAbsent(rows.getInt(1), t -> new HashMap<>()).put(rows.getLong(2), rows.getLong(3));
            }
        }
        List<Duration> lags = new ArrayList<>();
        for (Map.Entry<Integer, Map<Long, Long>> of : committed.entrySet()) {
            collect(target.apply(of.getKey()), targetTable, key, since, of.getValue(), lags);
        }
        return Lags.of(lags);
    }

    private void collect(
            String targetDatabase, String table, String key, String since, Map<Long, Long> from, List<Duration> lags)
            throws SQLException {
        try (Connection connection = external.connect(targetDatabase);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + key + ", " + micros() + " FROM " + table
                        + " WHERE pg_xact_commit_timestamp(xmin) > '" + since + "'")) {
            while (rows.next()) {
                Long sent = from.get(rows.getLong(1));
                // A row that ended as it began is not written again: the target's row is older than the change.
                if (sent != null && rows.getLong(2) >= sent) {
                    lags.add(Duration.ofNanos((rows.getLong(2) - sent) * 1000));
                }
            }
        }
    }

    private static String micros() {
        return "CAST(extract(epoch FROM pg_xact_commit_timestamp(xmin)) * 1000000 AS bigint)";
    }
}
