package dev.tideline.sync.capture;

import dev.tideline.sync.SyncException;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the partitions of captured tables. Row triggers come and go with a partition by themselves; what does not
 * is a trigger for its own TRUNCATE, and the rows that ATTACH brings and DETACH takes. Used by one thread.
 */
public final class PartitionUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionUpkeep.class);

    private final String lockTimeout;
    private final int attempts;

    /**
     * @param lockTimeout how long to wait for a partition, in Postgres' notation
     * @param attempts how often
     */
    public PartitionUpkeep(String lockTimeout, int attempts) {
        this.lockTimeout = lockTimeout;
        this.attempts = attempts;
    }

    /** Whether any captured table is partitioned, so that there is something to look after. */
    public static boolean anyPartitioned(Connection connection) throws SQLException {
        return Jdbc.one(
                connection,
                "SELECT EXISTS (SELECT 1 FROM tideline.stream s JOIN pg_namespace n ON n.nspname = s.table_schema"
                        + " JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.table_name AND c.relkind = 'p')",
                row -> row.getBoolean(1));
    }

    /** @param attached whether it was a table of its own before */
    private record Partition(int stream, TableName table, long oid, boolean attached) {}

    /** Takes the partitions that are there now as known. For install, before anything was captured. */
    void adopt(Connection connection) throws SQLException {
        for (Partition partition : added(connection)) {
            watch(connection, partition);
        }
    }

    /**
     * Follows what was attached, made, detached or dropped. A partition that is locked is left for the next time.
     *
     * @return whether rows came or went unseen: the epoch of their streams was raised
     */
    public boolean follow(Connection connection) throws SQLException {
        boolean unseen = false;
        for (Partition partition : added(connection)) {
            try {
                watch(connection, partition);
            } catch (SyncException e) {
                LOG.debug("partition {} is looked after later: {}", partition.table(), e.getMessage());
                continue;
            }
            if (partition.attached() || hasUncapturedRows(connection, partition)) {
                LOG.info(
                        "partition {} was attached with rows; every target of its table is compared",
                        partition.table());
                raiseEpoch(connection, partition.stream());
                unseen = true;
            }
        }
        for (Partition partition : gone(connection)) {
            try {
                forget(connection, partition);
            } catch (SyncException e) {
                LOG.debug("partition {} is given up later: {}", partition.table(), e.getMessage());
                continue;
            }
            LOG.info("a partition was detached or dropped; every target of its table is compared");
            raiseEpoch(connection, partition.stream());
            unseen = true;
        }
        return unseen;
    }

    private static List<Partition> added(Connection connection) throws SQLException {
        return Jdbc.list(
                connection,
                SqlTemplate.text("1-capture/partitions-new"),
                row -> new Partition(
                        row.getInt(1),
                        new TableName(row.getString(3), row.getString(4)),
                        row.getLong(5),
                        row.getBoolean(6)));
    }

    private static List<Partition> gone(Connection connection) throws SQLException {
        return Jdbc.list(
                connection,
                SqlTemplate.text("1-capture/partitions-gone"),
                row -> new Partition(
                        row.getInt(1),
                        row.getString(3) == null ? null : new TableName(row.getString(2), row.getString(3)),
                        row.getLong(4),
                        false));
    }

    private void watch(Connection connection, Partition partition) throws SQLException {
        String name = "tideline_" + partition.stream();
        TableLock.retrying(connection, lockTimeout, attempts, "add a trigger to partition " + partition.table(), () -> {
            String trigger = name + "_truncate";
            Jdbc.execute(
                    connection,
                    "DROP TRIGGER IF EXISTS " + trigger + " ON "
                            + partition.table().sql());
            Jdbc.execute(
                    connection,
                    "CREATE TRIGGER " + trigger + " AFTER TRUNCATE ON "
                            + partition.table().sql() + " FOR EACH STATEMENT EXECUTE FUNCTION tideline." + name
                            + "_truncated()");
            Jdbc.execute(connection, "ALTER TABLE " + partition.table().sql() + " ENABLE ALWAYS TRIGGER " + trigger);
            Jdbc.update(
                    connection,
                    "INSERT INTO tideline.partition (stream_id, relation) VALUES (?, CAST(? AS oid))"
                            + " ON CONFLICT DO NOTHING",
                    partition.stream(),
                    partition.oid());
        });
    }

    private void forget(Connection connection, Partition partition) throws SQLException {
        TableLock.retrying(connection, lockTimeout, attempts, "remove the trigger from " + partition.table(), () -> {
            if (partition.table() != null) {
                Jdbc.execute(
                        connection,
                        "DROP TRIGGER IF EXISTS tideline_" + partition.stream() + "_truncate ON "
                                + partition.table().sql());
            }
            Jdbc.update(
                    connection,
                    "DELETE FROM tideline.partition WHERE stream_id = ? AND relation = CAST(? AS oid)",
                    partition.stream(),
                    partition.oid());
        });
    }

    /** Without a ledger (a dependency's partition) there is nothing to tell by; then its root rows are compared. */
    private static boolean hasUncapturedRows(Connection connection, Partition partition) throws SQLException {
        InstalledStream installed = InstalledLayout.read(connection).orElseThrow().stream(partition.stream());
        Stream stream = installed.stream();
        if (stream.kind() != Stream.Kind.ROOT) {
            return Jdbc.one(
                    connection,
                    "SELECT EXISTS (SELECT 1 FROM " + partition.table().sql() + ")",
                    row -> row.getBoolean(1));
        }
        List<Column> key = stream.key();
        return Jdbc.one(
                connection,
                SqlTemplate.of("1-capture/uncaptured-rows")
                        .with("table", partition.table().sql())
                        .with("ledger", installed.ledger())
                        .with("tenant", TenantSql.text(stream.tenant(), "r"))
                        .with("tenantPresent", Sql.and(stream.tenant(), c -> c.sql("r") + " IS NOT NULL"))
                        .with("join", Sql.numbered(key, " AND ", (i, c) -> c.isInLedger("r", "l.k" + i)))
                        .fill(),
                row -> row.getBoolean(1));
    }

    private static void raiseEpoch(Connection connection, int stream) throws SQLException {
        Jdbc.update(connection, SqlTemplate.text("2-sequence/raise-epoch"), stream, stream);
    }
}
