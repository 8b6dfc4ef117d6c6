package dev.tideline.bench.measure;

import dev.tideline.bench.track.Track;
import dev.tideline.e2e.PgBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/** The speed of an application on a source: updates of random single rows, by four clients as fast as they can. */
public final class SourceLoad {

    private static final int CLIENTS = 4;

    private final Optional<Path> pgbench;

    /** With pgbench, if this machine has it. */
    public SourceLoad() {
        this(PgBench.find());
    }

    SourceLoad(Optional<Path> pgbench) {
        this.pgbench = pgbench;
    }

    /** The writing program, for the report. */
    public String writer() {
        return pgbench.map(path -> "pgbench, 4 clients, prepared statements")
                .orElse("4 JDBC clients, since this machine has no pgbench");
    }

    /** Transactions per second. */
    public double rate(Track track, Duration length) throws IOException, SQLException, InterruptedException {
        if (pgbench.isEmpty()) {
            return drive(track, length);
        }
        Path script = Files.createTempFile("tideline-bench-", ".sql");
        try {
            Files.writeString(script, """
                    \\set id random(1, :rows)
                    UPDATE item SET amount = amount + 1, changed_at = clock_timestamp() WHERE id = :id;
                    """);
            return new PgBench(pgbench.get(), track.source(), track.sourceDatabase())
                    .rate(script, CLIENTS, (int) length.toSeconds(), Map.of("rows", Long.toString(track.rows())));
        } finally {
            Files.delete(script);
        }
    }

    private static double drive(Track track, Duration length) throws SQLException, InterruptedException {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            long start = System.nanoTime();
            List<Future<Long>> parts = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                parts.add(clients.submit(() -> updates(track, start + length.toNanos())));
            }
            long transactions = 0;
            for (Future<Long> part : parts) {
                transactions += part.get();
            }
            return transactions * 1e9 / (System.nanoTime() - start);
        } catch (ExecutionException e) {
            throw new SQLException("a client failed: " + e.getCause().getMessage(), e.getCause());
        } finally {
            clients.shutdownNow();
        }
    }

    private static long updates(Track track, long end) throws SQLException {
        long updates = 0;
        try (Connection connection = track.source().connect(track.sourceDatabase());
                PreparedStatement update = connection.prepareStatement(
                        "UPDATE item SET amount = amount + 1, changed_at = clock_timestamp() WHERE id = ?")) {
            for (; System.nanoTime() < end; updates++) {
                update.setLong(1, ThreadLocalRandom.current().nextLong(track.rows()) + 1);
                update.executeUpdate();
            }
        }
        return updates;
    }
}
