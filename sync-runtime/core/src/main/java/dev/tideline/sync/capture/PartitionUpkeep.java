package dev.tideline.sync.capture;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.layout.TenantSql;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the partitions of captured tables. Postgres adds and removes row triggers with a partition by itself, but not
 * the trigger for a TRUNCATE of the partition, and no trigger sees the rows that ATTACH brings and DETACH takes. Used
 * by one thread.
 */
public final class PartitionUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionUpkeep.class);

    /** How long a locked partition is left alone: while we wait for its lock, the application waits behind us. */
    private static final Backoff PAUSES = new Backoff(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            () -> ThreadLocalRandom.current().nextDouble());

    private final LongSupplier nanoTime;
    private final Map<Long, Pause> paused = new HashMap<>();

    public PartitionUpkeep() {
        this(System::nanoTime);
    }

    /**
     * @param nanoTime a monotonic clock
     */
    PartitionUpkeep(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Pause(int tries, long until) {}

    /** Whether any captured table is partitioned. */
    public static boolean anyPartitioned(Connection connection) throws SQLException {
        return Jdbc.one(connection, SqlTemplate.text("1-capture/any-partitioned"), row -> row.getBoolean(1));
    }

    /**
     * @param unseen whether rows may have come or gone without a trigger: it was a table of its own, or had lost our
     *     triggers
     */
    private record Partition(int stream, TableName table, long oid, boolean unseen) {}

    /** Records the current partitions as known. For install, before anything is captured. */
    void adopt(Connection connection) throws SQLException {
        for (Partition partition : added(connection)) {
            TableLock.patiently(connection, adding(partition), () -> watch(connection, partition));
        }
    }

    /**
     * Follows partitions that were attached, created, detached or dropped. A locked partition is left for the next
     * time. Recording a partition and having its table compared are committed together, so that a crash in between
     * loses nothing.
     *
     * @return whether rows came or went unseen: the epoch of their streams was raised
     */
    public boolean follow(Connection connection) throws SQLException {
        boolean unseen = false;
        for (Partition partition : added(connection)) {
            boolean[] compared = new boolean[1];
            boolean had = tryNow(connection, partition, adding(partition), () -> {
                watch(connection, partition);
                compared[0] = partition.unseen() || hasUncapturedRows(connection, partition);
                if (compared[0]) {
                    raiseEpoch(connection, partition.stream());
                }
            });
            if (had && compared[0]) {
                LOG.info(
                        "partition {} was attached with rows; every target of its table is compared",
                        partition.table());
                unseen = true;
            }
        }
        for (Partition partition : gone(connection)) {
            boolean had = tryNow(connection, partition, removing(partition), () -> {
                forget(connection, partition);
                raiseEpoch(connection, partition.stream());
            });
            if (had) {
                LOG.info("a partition was detached or dropped; every target of its table is compared");
                unseen = true;
            }
        }
        return unseen;
    }

    private static String adding(Partition partition) {
        return "add a trigger to partition " + partition.table();
    }

    private static String removing(Partition partition) {
        return "remove the trigger from " + partition.table();
    }

    /** Whether the work was done; if not, the partition is left alone for a while. */
    private boolean tryNow(Connection connection, Partition partition, String what, TableLock.Work work)
            throws SQLException {
        Pause pause = paused.getOrDefault(partition.oid(), new Pause(0, nanoTime.getAsLong()));
        if (nanoTime.getAsLong() - pause.until() < 0) {
            return false;
        }
        String because = "other sessions hold locks on it";
        try {
            if (TableLock.once(connection, what, work)) {
                paused.remove(partition.oid());
                return true;
            }
        } catch (SyncException e) {
            because = e.getMessage();
        }
        int tries = pause.tries() + 1;
        Duration rest = PAUSES.delay(tries);
        paused.put(partition.oid(), new Pause(tries, nanoTime.getAsLong() + rest.toNanos()));
        LOG.debug("cannot {} yet, tried again in {}: {}", what, rest, because);
        return false;
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

    private static void watch(Connection connection, Partition partition) throws SQLException {
        String name = "tideline_" + partition.stream();
        String trigger = name + "_truncate";
        String table = partition.table().sql();
        // Not DROP TRIGGER IF EXISTS, which blocks readers even if there is nothing to drop.
        if (!stands(connection, trigger, table)) {
            Jdbc.execute(
                    connection,
                    "CREATE TRIGGER " + trigger + " AFTER TRUNCATE ON " + table
                            + " FOR EACH STATEMENT EXECUTE FUNCTION tideline." + name + "_truncated()");
        }
        Jdbc.execute(connection, "ALTER TABLE " + table + " ENABLE ALWAYS TRIGGER " + trigger);
        Jdbc.update(connection, SqlTemplate.text("1-capture/register-partition"), partition.stream(), partition.oid());
    }

    private static boolean stands(Connection connection, String trigger, String table) throws SQLException {
        return Jdbc.one(
                connection,
                "SELECT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = CAST(? AS regclass) AND tgname = ?)",
                row -> row.getBoolean(1),
                table,
                trigger);
    }

    private static void forget(Connection connection, Partition partition) throws SQLException {
        String trigger = "tideline_" + partition.stream() + "_truncate";
        if (partition.table() != null
                && stands(connection, trigger, partition.table().sql())) {
            Jdbc.execute(
                    connection,
                    "DROP TRIGGER " + trigger + " ON " + partition.table().sql());
        }
        Jdbc.update(
                connection,
                "DELETE FROM tideline.partition WHERE stream_id = ? AND relation = CAST(? AS oid)",
                partition.stream(),
                partition.oid());
    }

    /** A partition of a dependency has no ledger to compare with; in this case its root rows are compared. */
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
