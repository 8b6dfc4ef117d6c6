package dev.tideline.e2e;

import static org.hamcrest.Matchers.is;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The main job on real input: a pgbench database whose branches are the tenants, each synced to an external database
 * while pgbench writes. The runtime is the command line's jar with a small heap. Closing drops the databases. Both
 * servers must run with {@code track_commit_timestamp=on}.
 */
public final class MainJob implements AutoCloseable {

    private static final int HEAP_MEGABYTES = 128;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** The task. @param branches scale of pgbench and number of external databases */
    public record Size(int branches, int clients, int seconds) {}

    /**
     * The result.
     *
     * @param copySeconds of the first copies of all databases, in parallel
     * @param drainSeconds from the end of pgbench until everything had arrived
     * @param peakHeap in megabytes
     */
    public record Outcome(
            long rows,
            double copySeconds,
            long transactions,
            double drainSeconds,
            Lags lags,
            OptionalLong peakHeap,
            List<Verification.Verified> verified) {

        /** The figures as text, one line each. */
        public List<String> lines() {
            return List.of(
                    String.format(
                            Locale.ROOT,
                            "first copy    %,d rows into %d databases in %.1f s, %,.0f rows/s",
                            rows,
                            verified.size(),
                            copySeconds,
                            rows / copySeconds),
                    String.format(Locale.ROOT, "while syncing %,d transactions of pgbench", transactions),
                    String.format(Locale.ROOT, "caught up     %.2f s after the last of them", drainSeconds),
                    String.format(
                            Locale.ROOT,
                            "lag           p50 %s, p99 %s, of %,d rows, commit to commit, at full load",
                            lags.text(0.5),
                            lags.text(0.99),
                            lags.samples()),
                    "peak heap     "
                            + (peakHeap.isPresent() ? peakHeap.getAsLong() + " MB of " : "no collection within ")
                            + HEAP_MEGABYTES + " MB",
                    verified.stream().allMatch(Verification.Verified::equal)
                            ? "verified      every row of every tenant is equal"
                            : "NOT verified  "
                                    + String.join(
                                            "; ",
                                            verified.stream()
                                                    .flatMap(v -> v.differences().stream())
                                                    .toList()));
        }
    }

    private final ServerAddress source;
    private final ServerAddress external;
    private final String database;
    private final Size size;
    private final Path folder;
    private final CommandLineJar tideline;
    private final PgBench pgbench;

    private MainJob(
            ServerAddress source, ServerAddress external, String name, Size size, Path folder, CommandLineJar tideline)
            throws IOException {
        Path program = PgBench.find()
                .orElseThrow(() -> new IOException("There is no pgbench. On Debian it comes with postgresql-contrib."));
        this.source = source;
        this.external = external;
        this.database = name;
        this.size = size;
        this.folder = folder;
        this.tideline = tideline;
        this.pgbench = new PgBench(program, source, name);
    }

    /**
     * Creates the databases and fills the source.
     *
     * @param name of the source's database, and prefix of the others'
     * @param folder for configuration and logs; exists
     */
    public static MainJob prepare(
            ServerAddress source, ServerAddress external, String name, Size size, Path folder, CommandLineJar tideline)
            throws SQLException, IOException, InterruptedException {
        MainJob job = new MainJob(source, external, name, size, folder, tideline);
        source.createDatabase(name);
        for (int branch = 1; branch <= size.branches(); branch++) {
            external.createDatabase(job.target(branch));
        }
        job.pgbench.initialise(size.branches());
        job.write("main", "");
        return job;
    }

    /** The configuration file. */
    public Path config() {
        return folder.resolve("main.yaml");
    }

    /** The same, with the table without a key as an additional mapping. */
    public Path configWithHistory() throws IOException {
        return write("history", "  history: { table: pgbench_history, tenant: bid, key: tid }\n");
    }

    private String target(int branch) {
        return database + "_" + branch;
    }

    private Path write(String name, String moreMappings) throws IOException {
        StringBuilder yaml = new StringBuilder("source: { url: \"" + source.url(database) + "\" }\n"
                + "tenants: { table: pgbench_branches, key: bid }\n"
                + "mappings:\n"
                + "  accounts: { table: pgbench_accounts, tenant: bid, key: aid }\n"
                + "  tellers: { table: pgbench_tellers, tenant: bid, key: tid }\n"
                + "  branches: { table: pgbench_branches, tenant: bid, key: bid }\n"
                + moreMappings
                + "external_databases:\n  list:\n");
        for (int branch = 1; branch <= size.branches(); branch++) {
            yaml.append("    - { tenant: \"" + branch + "\", name: main, url: \"" + external.url(target(branch))
                    + "\" }\n");
        }
        return Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }

    /** Installs, copies, follows pgbench, catches up and compares. */
    public Outcome run() throws IOException, InterruptedException, SQLException {
        CommandLineJar.Outcome install = tideline.run(config(), "install");
        if (install.code() != 0) {
            throw new IOException("install ended with " + install.code() + ": " + install.err());
        }
        HeapLog heap = new HeapLog(folder.resolve("gc.log"));
        long start = System.nanoTime();
        try (RuntimeProcess runtime =
                tideline.start(heap.jvmOptions(HEAP_MEGABYTES), config(), folder.resolve("run.log"))) {
            awaitFirstCopies(runtime);
            double copySeconds = secondsSince(start);
            String began = source.text(database, "SELECT clock_timestamp()");
            long transactions = pgbench.run(size.clients(), size.seconds());
            long end = System.nanoTime();
            awaitCaughtUp();
            double drainSeconds = secondsSince(end);
            Lags lags = new CommitLags(source, database, external)
                    .of("pgbench_accounts", "aid", "bid", began, this::target, "accounts");
            List<Verification.Verified> verified = Verification.of(load());
            int code = runtime.stop();
            if (code != 0) {
                throw new IOException("run ended with " + code + ": " + runtime.log());
            }
            return new Outcome(
                    verified.stream().mapToLong(Verification.Verified::rows).sum(),
                    copySeconds,
                    transactions,
                    drainSeconds,
                    lags,
                    heap.peak(),
                    verified);
        }
    }

    private SyncConfig load() {
        return SyncConfigLoader.load(config(), name -> null);
    }

    private void awaitFirstCopies(RuntimeProcess runtime) {
        IntStream.rangeClosed(1, size.branches())
                .forEach(branch -> Eventually.await("the first copy of branch " + branch)
                        .atMost(LIMIT)
                        .failFast("the runtime ended", () -> !runtime.isAlive())
                        .nearMisses("the runtime's log", () -> List.of(runtime.log()))
                        .until(() -> external.text(
                                        target(branch),
                                        "SELECT count(*) = 3 FROM tideline_sync_metadata"
                                                + " WHERE last_synced_sequence_id >= 0")
                                .equals("t")));
    }

    /**
     * One more change of each kind of row, of each tenant, is the last to arrive, and with it everything before. It is
     * looked for in the targets alone, since reading the ledger of a million rows thirty times would take most of the
     * time.
     */
    private void awaitCaughtUp() throws SQLException {
        for (Last last : LAST) {
            source.execute(
                    database,
                    "UPDATE " + last.table() + " SET filler = 'last' WHERE " + last.key() + " % " + last.rows()
                            + " = 0");
        }
        for (int branch = 1; branch <= size.branches(); branch++) {
            for (Last last : LAST) {
                String arrived = "SELECT filler = 'last' FROM " + last.mapping() + " WHERE " + last.key() + " = "
                        + branch * last.rows();
                String target = target(branch);
                Eventually.await("the last change of " + last.mapping() + " in " + target)
                        .atMost(LIMIT)
                        .until(() -> external.texts(target, arrived), is(List.of("t")));
            }
        }
    }

    /** The last row of each branch. @param rows of each branch; its rows are numbered without gaps */
    private record Last(String mapping, String table, String key, int rows) {}

    private static final List<Last> LAST = List.of(
            new Last("accounts", "pgbench_accounts", "aid", 100_000),
            new Last("tellers", "pgbench_tellers", "tid", 10),
            new Last("branches", "pgbench_branches", "bid", 1));

    private static double secondsSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        source.dropDatabase(database);
        for (int branch = 1; branch <= size.branches(); branch++) {
            external.dropDatabase(target(branch));
        }
    }
}
