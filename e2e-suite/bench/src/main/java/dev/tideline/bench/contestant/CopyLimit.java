package dev.tideline.bench.contestant;

import dev.tideline.bench.track.Track;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * The limit of COPY and merge: no capture and no ledger, it is told which rows changed. Rows are piped unparsed, in
 * batches, in two lanes, so that one fetches while the other merges.
 */
final class CopyLimit implements Contestant {

    private static final int BATCH = 20_000;
    private static final int LANES = 2;

    /** The harness passes the range of a drain, because nobody else knows the changes. */
    private final int transactions;

    private final ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    private Track track;
    private List<Future<?>> running = List.of();

    /** @param transactions of each backlog */
    CopyLimit(int transactions) {
        this.transactions = transactions;
    }

    @Override
    public String subject() {
        return "limit";
    }

    @Override
    public Kind kind() {
        return Kind.CARRIER;
    }

    @Override
    public void install(Track onTrack) throws SQLException {
        track = onTrack;
        track.external().execute(track.targetDatabase(), Track.TABLE);
    }

    @Override
    public void addTarget() {
        running = List.of(lanes.submit(() -> {
            try (Connection from = track.source().connect(track.sourceDatabase());
                    Connection to = track.external().connect(track.targetDatabase())) {
                pipe(from, to, "item", "item");
            }
            return null;
        }));
    }

    @Override
    public void pause() throws SQLException {
        for (Future<?> lane : running) {
            try {
                lane.get();
            } catch (Exception e) {
                throw new SQLException("a lane failed", e);
            }
        }
    }

    /** The marked row comes with the last batch. */
    @Override
    public void resume() {
        long keys = track.keys(transactions);
        long batches = (keys + BATCH - 1) / BATCH;
        running = IntStream.range(0, LANES)
                .<Future<?>>mapToObj(lane -> lanes.submit(() -> {
                    carry(lane, batches, keys);
                    return null;
                }))
                .toList();
    }

    private void carry(int lane, long batches, long keys) throws SQLException, IOException {
        try (Connection from = track.source().connect(track.sourceDatabase());
                Connection to = track.external().connect(track.targetDatabase());
                Statement statement = to.createStatement()) {
            statement.execute("CREATE TEMP TABLE stage (LIKE item)");
            for (long batch = lane; batch < batches; batch += LANES) {
                long last = Math.min(keys, (batch + 1) * BATCH) - 1;
                String marked = batch == batches - 1 ? " UNION ALL SELECT " + track.rows() : "";
                pipe(
                        from,
                        to,
                        "(SELECT item.* FROM (SELECT " + track.keySql() + " AS id FROM generate_series(" + batch * BATCH
                                + "::bigint, " + last + ") n" + marked + ") k JOIN item USING (id))",
                        "stage");
                statement.execute(
                        "INSERT INTO item SELECT * FROM stage ON CONFLICT (id) DO UPDATE SET (tenancy_id, name,"
                                + " amount, active, changed_at, note) = (EXCLUDED.tenancy_id, EXCLUDED.name, EXCLUDED.amount,"
                                + " EXCLUDED.active, EXCLUDED.changed_at, EXCLUDED.note); TRUNCATE stage");
            }
        }
    }

    private static void pipe(Connection from, Connection to, String what, String into) throws SQLException {
        CopyOut out = copy(from).copyOut("COPY " + what + " TO STDOUT (FORMAT binary)");
        var in = copy(to).copyIn("COPY " + into + " FROM STDIN (FORMAT binary)");
        for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
            in.writeToCopy(row, 0, row.length);
        }
        in.endCopy();
    }

    private static CopyManager copy(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    @Override
    public void close() {
        lanes.shutdownNow();
    }
}
