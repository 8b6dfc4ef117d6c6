package dev.tideline.e2e;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.SyncProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Kills the runtime repeatedly in the middle of its work. Each round creates a backlog of updates, insertions and
 * deletions in both tenants, starts the runtime and kills it (SIGKILL) once a random part of that backlog has arrived;
 * the first round kills the first copy. A kill after everything had arrived does not count, and another round replaces
 * it. Closing drops the databases.
 */
public final class KilledDrain implements AutoCloseable {

    private static final int ROWS = 20_000; // of each tenant
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ROUNDS_FOR_A_KILL = 3;

    private final ServerAddress source;
    private final ServerAddress external;
    private final String database;
    private final Path folder;
    private final CommandLineJar tideline;
    private final List<String> history = new ArrayList<>();

    private KilledDrain(
            ServerAddress source, ServerAddress external, String database, Path folder, CommandLineJar tideline) {
        this.source = source;
        this.external = external;
        this.database = database;
        this.folder = folder;
        this.tideline = tideline;
    }

    /** Creates the databases, fills the source and installs. @param folder for configuration and log; exists */
    public static KilledDrain prepare(
            ServerAddress source, ServerAddress external, String database, Path folder, CommandLineJar tideline)
            throws SQLException, IOException, InterruptedException {
        KilledDrain drain = new KilledDrain(source, external, database, folder, tideline);
        source.createDatabase(database);
        external.createDatabase(database + "_1");
        external.createDatabase(database + "_2");
        source.execute(
                database,
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "INSERT INTO tenancy VALUES (1), (2)",
                "CREATE TABLE item (id bigint PRIMARY KEY, tenancy_id int NOT NULL, round int NOT NULL, text text)",
                "INSERT INTO item SELECT i, 1 + i % 2, 0, 'item ' || i FROM generate_series(1, " + 2 * ROWS + ") i");
        Files.writeString(drain.config(), """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings:
                  items: { table: item, tenant: tenancy_id, key: id }
                external_databases:
                  list:
                    - { tenant: "1", name: main, url: "%s" }
                    - { tenant: "2", name: main, url: "%s" }
                sync: { batch_size: 500 }
                # What a killed runtime was at work on is free again after so long.
                poller: { lease: 2s }
                """.formatted(
                        source.url(database), external.url(database + "_1"), external.url(database + "_2")));
        CommandLineJar.Outcome install = tideline.run(drain.config(), "install");
        if (install.code() != 0) {
            throw new IOException("install ended with " + install.code() + ": " + install.err());
        }
        return drain;
    }

    /**
     * Kills, and then lets a last runtime catch up.
     *
     * @param kills in mid-drain
     * @param seed determines when
     * @return the comparison after that
     */
    public List<Verification.Verified> run(int kills, long seed)
            throws SQLException, IOException, InterruptedException {
        Random random = new Random(seed);
        int inMidDrain = 0;
        for (int round = 0; inMidDrain < kills; round++) {
            if (round == ROUNDS_FOR_A_KILL * kills) {
                throw new IOException(inMidDrain + " kills of " + round + " came in mid-drain: " + history);
            }
            if (round > 0) {
                change(round);
            }
            long whole = arrivedTarget(round);
            long wanted = (long) (whole * (0.05 + 0.8 * random.nextDouble()));
            try (RuntimeProcess runtime = tideline.start(List.of("-Xmx128m"), config(), folder.resolve("run.log"))) {
                int current = round;
                Eventually.await("round " + round + ": " + wanted + " of " + whole + " rows")
                        .atMost(LIMIT)
                        .pollEvery(Duration.ofMillis(1))
                        .failFast("the runtime ended", () -> !runtime.isAlive())
                        .nearMisses("its log", () -> List.of(runtime.log()))
                        .until(() -> arrived(current) >= wanted);
                runtime.kill();
            }
            long arrived = arrived(round);
            inMidDrain += arrived < whole ? 1 : 0;
            history.add(String.format(
                    Locale.ROOT,
                    "kill %d: after at least %,d, with %,d of %,d rows there%s",
                    round + 1,
                    wanted,
                    arrived,
                    whole,
                    arrived < whole ? "" : ": too late, does not count"));
        }
        try (RuntimeProcess runtime = tideline.start(List.of("-Xmx128m"), config(), folder.resolve("run.log"))) {
            awaitCaughtUp();
            SyncConfig config = SyncConfigLoader.load(config(), name -> null);
            List<Verification.Verified> verified = Verification.of(config);
            int code = runtime.stop();
            if (code != 0) {
                throw new IOException("run ended with " + code + ": " + runtime.log());
            }
            return verified;
        }
    }

    /** Waits until one more change in each tenant has arrived, and with it everything before. */
    private void awaitCaughtUp() throws SQLException {
        for (int tenant = 1; tenant <= 2; tenant++) {
            long row = 1_000_000_000L + tenant; // above those of every round
            source.execute(database, "INSERT INTO item VALUES (" + row + ", " + tenant + ", 0, 'last')");
            SyncProbe.between(source.url(database), external.url(database + "_" + tenant))
                    .atMost(LIMIT)
                    .waitUntilCaughtUp(new SyncProbe.Fence(
                            new SyncProbe.Scope("items", "item", Integer.toString(tenant)), Long.toString(row), -1));
        }
    }

    /** A line for each kill. */
    public List<String> history() {
        return List.copyOf(history);
    }

    /** Three rows in four get this round's number, some are deleted, some are new; in many transactions. */
    private void change(int round) throws SQLException {
        List<String> statements = new ArrayList<>();
        for (int part = 0; part < 40; part++) {
            statements.add("UPDATE item SET round = " + round + ", text = text || '.' WHERE id % 40 = " + part
                    + " AND id % 4 <> " + round % 4);
        }
        statements.add("DELETE FROM item WHERE id % 97 = " + round);
        statements.add("INSERT INTO item SELECT " + 1_000_000L * round + " + i, 1 + i % 2, " + round
                + ", 'new' FROM generate_series(1, 500) i");
        source.execute(database, statements.toArray(String[]::new));
    }

    private long arrivedTarget(int round) throws SQLException {
        return Long.parseLong(source.text(database, "SELECT count(*) FROM item WHERE round = " + round));
    }

    private long arrived(int round) throws SQLException {
        long rows = 0;
        for (String target : List.of(database + "_1", database + "_2")) {
            if (external.text(target, "SELECT to_regclass('items') IS NOT NULL").equals("t")) {
                rows += Long.parseLong(external.text(target, "SELECT count(*) FROM items WHERE round = " + round));
            }
        }
        return rows;
    }

    private Path config() {
        return folder.resolve("killed.yaml");
    }

    @Override
    public void close() throws SQLException {
        source.dropDatabase(database);
        external.dropDatabase(database + "_1");
        external.dropDatabase(database + "_2");
    }
}
