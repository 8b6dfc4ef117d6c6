package dev.tideline.bench;

import dev.tideline.e2e.ServerAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Measures all contestants in turn and prints a table with the ratios to native logical replication. */
public final class Bench {

    private static final String PEER = "native";

    private static final List<Supplier<Contestant>> CONTESTANTS = List.of(NativeReplication::new, Tideline::new);

    private final Race race;
    private final BenchSize size;
    private final PrintStream out;

    Bench(ServerAddress source, ServerAddress external, BenchSize size, PrintStream out) {
        this.race = new Race(source, external, size);
        this.size = size;
        this.out = out;
    }

    /** Settings are the system properties {@code bench.source}, {@code .external}, {@code .size} and {@code .folder}. */
    public static void main(String[] arguments) throws SQLException, IOException, InterruptedException {
        BenchSize size = BenchSize.of(System.getProperty("bench.size", "quick"));
        Bench bench = new Bench(
                ServerAddress.of(System.getProperty("bench.source")),
                ServerAddress.of(System.getProperty("bench.external")),
                size,
                System.out);
        List<Result> results = bench.run();
        bench.print(results);
        Path file = write(results, Path.of(System.getProperty("bench.folder")));
        System.out.println("Results: " + file);
        System.exit(0);
    }

    /** The middle figure of each contestant and measure; the contestants take turns. */
    List<Result> run() throws SQLException, InterruptedException {
        Map<String, List<Result>> all = new LinkedHashMap<>();
        for (int round = 1; round <= size.rounds(); round++) {
            for (Supplier<Contestant> next : CONTESTANTS) {
                Contestant contestant = next.get();
                for (Result result : race.run(contestant)) {
                    out.printf(
                            Locale.ROOT,
                            "round %d of %d: %s %s %,.0f %s%n",
                            round,
                            size.rounds(),
                            result.subject(),
                            result.measure(),
                            result.value(),
                            result.unit());
                    all.computeIfAbsent(result.measure() + "/" + result.subject(), k -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        return all.values().stream().map(Bench::middle).toList();
    }

    private static Result middle(List<Result> results) {
        return results.stream()
                .sorted(Comparator.comparingDouble(Result::value))
                .toList()
                .get(results.size() / 2);
    }

    /** A line for each figure, with its ratio to the peer's. */
    void print(List<Result> results) {
        out.printf(
                Locale.ROOT,
                "%nsize %s: %,d rows, backlog of %,d transactions, middle of %d; both sides equal before each figure%n",
                size.name(),
                size.rows(),
                size.transactions(),
                size.rounds());
        out.printf("%-14s %-10s %12s %-8s %s%n", "measure", "subject", "value", "unit", "of native");
        for (Result result : results) {
            double peer = results.stream()
                    .filter(r ->
                            r.measure().equals(result.measure()) && r.subject().equals(PEER))
                    .findFirst()
                    .orElseThrow()
                    .value();
            out.printf(
                    Locale.ROOT,
                    "%-14s %-10s %,12.0f %-8s %.2f%n",
                    result.measure(),
                    result.subject(),
                    result.value(),
                    result.unit(),
                    result.value() / peer);
        }
    }

    /** Writes {@code results.json} and gives its path. */
    static Path write(List<Result> results, Path folder) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(
                folder.resolve("results.json"),
                results.stream().map(Result::json).collect(Collectors.joining(",\n ", "[", "]\n")));
    }
}
