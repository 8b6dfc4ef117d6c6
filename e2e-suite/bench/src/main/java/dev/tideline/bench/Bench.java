package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Contestants;
import dev.tideline.bench.report.Figures;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.report.ResultsFile;
import dev.tideline.bench.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Measures all contestants in turn, and prints and writes what came out. */
public final class Bench {

    private final BenchSettings settings;
    private final List<Supplier<Contestant>> contestants;
    private final PrintStream out;
    private final Figures figures = new Figures();
    private final List<String> refused = new ArrayList<>();

    Bench(BenchSettings settings, List<Supplier<Contestant>> contestants, PrintStream out) {
        this.settings = settings;
        this.contestants = contestants;
        this.out = out;
    }

    /** For the settings see {@link BenchSettings#of}. The exit code is 1 if a contestant was refused. */
    public static void main(String[] arguments) throws IOException {
        BenchSettings settings = BenchSettings.of(System.getProperties());
        Bench bench = new Bench(settings, Contestants.all(settings.size().transactions()), System.out);
        bench.run();
        System.out.println("Results: " + ResultsFile.write(bench.figures().all(), settings.folder()));
        System.exit(bench.refused().isEmpty() ? 0 : 1);
    }

    void run() {
        BenchSize size = settings.size();
        out.printf(
                Locale.ROOT,
                "size %s: %,d rows, backlog of %,d transactions, %d rounds; both sides equal before each figure%n",
                size.name(),
                size.rows(),
                size.transactions(),
                size.rounds());
        Race race = new Race(settings);
        for (int round = 1; round <= size.rounds(); round++) {
            for (Supplier<Contestant> next : contestants) {
                Contestant contestant = next.get();
                if (race.isWanted(contestant)) {
                    let(race, contestant, round);
                }
            }
        }
        Table.print(figures, out);
        refused.forEach(out::println);
    }

    Figures figures() {
        return figures;
    }

    /** One line for each contestant that could not do what was asked. */
    List<String> refused() {
        return refused;
    }

    private void let(Race race, Contestant contestant, int round) {
        try {
            race.run(contestant, (measure, value) -> note(measure, contestant.subject(), round, value));
        } catch (Exception | AssertionError e) {
            String line = "REFUSED " + contestant.subject() + ": " + e.getMessage();
            refused.add(line);
            out.println(line);
        }
    }

    private void note(Measure measure, String subject, int round, double value) {
        out.printf(
                Locale.ROOT,
                "round %d of %d: %s %s %,.2f %s%n",
                round,
                settings.size().rounds(),
                subject,
                measure.text(),
                value,
                measure.unit());
        figures.add(measure, subject, round, value);
    }
}
