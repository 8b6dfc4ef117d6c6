package dev.tideline.demo;

import dev.tideline.directory.writer.WrittenTransaction;
import dev.tideline.directory.writer.WrittenTransaction.Change;
import dev.tideline.directory.writer.WrittenTransaction.Table;
import dev.tideline.e2e.Lags;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Measures the way of a row from the COMMIT that the writer sent to the commit of the target's transaction that brought
 * it, which the target's server remembers ({@code track_commit_timestamp}). Both are taken just before the commit is
 * flushed to disk, on one machine's clock. Of a row that changed several times the last change counts; deleted rows
 * cannot be measured so. For one thread.
 */
final class LagMeter {

    /** Target table of each table that is written to. */
    private static final Map<Table, String> TABLES = Map.of(Table.USER, "users", Table.CHANNEL, "contact_channels");

    private final Map<String, Map<Table, Map<UUID, Instant>>> sent = new HashMap<>();

    /** Remembers what was written. */
    void written(WrittenTransaction transaction) {
        if (!transaction.committed()) {
            return;
        }
        for (Change change : transaction.changes()) {
            sent.computeIfAbsent(transaction.tenant(), t -> new HashMap<>())
                    .computeIfAbsent(change.table(), t -> new HashMap<>())
                    .put(change.id(), transaction.commitSent());
        }
    }

    /**
     * The lags of a tenant's rows.
     *
     * @return without samples if the target's server does not remember when it committed
     */
    Lags lags(DemoTenant tenant) throws SQLException {
        List<Duration> lags = new ArrayList<>();
        if (tenant.server()
                .text(tenant.database(), "SHOW track_commit_timestamp")
                .equals("on")) {
            for (Map.Entry<Table, Map<UUID, Instant>> table :
                    sent.getOrDefault(tenant.id(), Map.of()).entrySet()) {
                collect(tenant, TABLES.get(table.getKey()), table.getValue(), lags);
            }
        }
        return Lags.of(lags);
    }

    private static void collect(DemoTenant tenant, String table, Map<UUID, Instant> sent, List<Duration> lags)
            throws SQLException {
        try (Connection connection = tenant.server().connect(tenant.database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, pg_xact_commit_timestamp(xmin) FROM " + table + " WHERE xmin <> '2'")) {
            while (rows.next()) {
                Instant from = sent.get(rows.getObject(1, UUID.class));
                OffsetDateTime to = rows.getObject(2, OffsetDateTime.class);
                // Older than the change: the row did not change in the end, and nothing was to be brought.
                if (from != null && to != null && !to.toInstant().isBefore(from)) {
                    lags.add(Duration.between(from, to.toInstant()));
                }
            }
        }
    }
}
