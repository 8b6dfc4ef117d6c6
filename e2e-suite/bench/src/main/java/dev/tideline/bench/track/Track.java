package dev.tideline.bench.track;

import dev.tideline.e2e.ServerAddress;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A source and an empty target of one contestant: table {@code item} of tenant 1, seven columns, with three secondary
 * indexes at the source. Closing drops both databases.
 *
 * @param rows of the table, above 1
 */
public record Track(
        ServerAddress source, ServerAddress external, String sourceDatabase, String targetDatabase, long rows)
        implements AutoCloseable {

    /** The table that every contestant's target must have. */
    public static final String TABLE =
            "CREATE TABLE item (id bigint PRIMARY KEY, tenancy_id int NOT NULL, name text NOT NULL,"
                    + " amount numeric(12, 2) NOT NULL, active boolean NOT NULL, changed_at timestamptz NOT NULL, note text)";

    private static final int WRITERS = 4;

    /** Spreads consecutive changes over the table, as the keys of a real application's changes are. */
    private static final long STRIDE = 7_368_787;

    /** Creates both databases and fills the source. @param name prefix of the databases' names */
    public static Track lay(ServerAddress source, ServerAddress external, String name, long rows) throws SQLException {
        String plain = name.replace('-', '_');
        Track track = new Track(source, external, "bench_" + plain, "bench_" + plain + "_target", rows);
        source.createDatabase(track.sourceDatabase);
        external.createDatabase(track.targetDatabase);
        source.execute(
                track.sourceDatabase,
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "INSERT INTO tenancy VALUES (1)",
                TABLE,
                "INSERT INTO item SELECT i, 1, 'item number ' || i, (i % 100000) / 100.0, i % 3 = 0,"
                        + " TIMESTAMPTZ '2026-01-01 00:00:00Z' + i * INTERVAL '1 second', NULL"
                        + " FROM generate_series(1, " + rows + ") i",
                "CREATE INDEX ON item (tenancy_id)",
                "CREATE INDEX ON item (name)",
                "CREATE INDEX ON item (active)",
                "VACUUM ANALYZE item",
                "CHECKPOINT");
        external.execute("postgres", "CHECKPOINT");
        return track;
    }

    public String sourceUrl() {
        return source.url(sourceDatabase);
    }

    public String targetUrl() {
        return external.url(targetDatabase);
    }

    /**
     * How many different rows {@link #write} changes besides the marked one: three in four transactions have a new one.
     */
    public long keys(int transactions) {
        return Math.max(1, Math.min(rows - 1, transactions * 3L / 4));
    }

    /** The id of the n-th changed row; different for different n below {@link #rows} - 1. */
    public long key(long n) {
        return 1 + n * stride() % (rows - 1);
    }

    /** As {@link #key}, as an SQL expression over {@code n}. */
    public String keySql() {
        return "1 + n * " + stride() + " % " + (rows - 1);
    }

    /** Ids repeat only after all others if the stride and their number have no common divisor. */
    private long stride() {
        long stride = STRIDE;
        while (!BigInteger.valueOf(stride).gcd(BigInteger.valueOf(rows - 1)).equals(BigInteger.ONE)) {
            stride++;
        }
        return stride;
    }

    /** Updates single rows, one per transaction, from several sessions; the last transaction marks the last row. */
    public void write(int transactions, String mark) throws SQLException, InterruptedException {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> parts = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> {
                        update(writer, transactions);
                        return null;
                    }))
                    .toList();
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException("a writer failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            writers.shutdownNow();
        }
        mark(mark);
    }

    private void update(int writer, int transactions) throws SQLException {
        long keys = keys(transactions);
        try (Connection connection = source.connect(sourceDatabase)) {
            // Creating the backlog is not measured.
            try (var statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = off");
            }
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE item SET amount = amount + 1, changed_at = clock_timestamp() WHERE id = ?")) {
                for (int i = writer; i < transactions; i += WRITERS) {
                    update.setLong(1, key(i % keys));
                    update.executeUpdate();
                }
            }
        }
    }

    /** Writes into the row with the highest id, whose arrival ends a measurement. */
    public void mark(String mark) throws SQLException {
        source.execute(sourceDatabase, "UPDATE item SET note = '" + mark + "' WHERE id = " + rows);
    }

    @Override
    public void close() throws SQLException {
        source.dropDatabase(sourceDatabase);
        external.dropDatabase(targetDatabase);
    }
}
