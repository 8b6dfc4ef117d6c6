package dev.tideline.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The load generator that comes with Postgres, run against one database. Immutable.
 *
 * @param program from {@link #find()}
 */
public record PgBench(Path program, ServerAddress server, String database) {

    private static final Pattern TRANSACTIONS = Pattern.compile("number of transactions actually processed: (\\d+)");

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    /** The program, from {@code PATH} or where Debian puts it; empty if this machine has none. */
    public static Optional<Path> find() {
        return programs("pgbench").findFirst();
    }

    /** Programs of this name: those of {@code PATH} first, then those of Debian's versions, newest first. */
    static Stream<Path> programs(String name) {
        Stream<Path> onPath = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name));
        List<Path> debian = new ArrayList<>();
        for (int major = 18; major >= 13; major--) {
            debian.add(Path.of("/usr/lib/postgresql", Integer.toString(major), "bin", name));
        }
        return Stream.concat(onPath, debian.stream()).filter(Files::isExecutable);
    }

    /** Creates and fills the tables. @param scale branches; each has 10 tellers and 100,000 accounts */
    public void initialise(int scale) throws IOException, InterruptedException {
        run("-i", "-q", "-s", Integer.toString(scale));
    }

    /**
     * Runs the TPC-B-like transactions to the end.
     *
     * @return number of committed transactions
     */
    public long run(int clients, int seconds) throws IOException, InterruptedException {
        String output = run("-n", "-c", Integer.toString(clients), "-j", "2", "-T", Integer.toString(seconds));
        Matcher matcher = TRANSACTIONS.matcher(output);
        if (!matcher.find()) {
            throw new IOException("pgbench did not say how many transactions it made: " + output);
        }
        return Long.parseLong(matcher.group(1));
    }

    /**
     * Runs a custom script with prepared statements to the end.
     *
     * @param variables of the script
     * @return transactions per second
     */
    public double rate(Path script, int clients, int seconds, Map<String, String> variables)
            throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of("-n", "-M", "prepared", "-j", "2"));
        options.addAll(
                List.of("-c", Integer.toString(clients), "-T", Integer.toString(seconds), "-f", script.toString()));
        variables.forEach((name, value) -> options.addAll(List.of("-D", name + "=" + value)));
        String output = run(options.toArray(String[]::new));
        Matcher matcher = RATE.matcher(output);
        if (!matcher.find()) {
            throw new IOException("pgbench did not say how fast it was: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(options));
        command.addAll(
                List.of("-h", server.host(), "-p", Integer.toString(server.port()), "-U", server.user(), database));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", server.password());
        Process process = builder.start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + code + ": " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
