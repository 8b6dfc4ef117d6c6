package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Contestants;
import dev.tideline.bench.contestant.Peers;
import dev.tideline.bench.measure.Part;
import dev.tideline.bench.measure.Sampler;
import dev.tideline.bench.measure.SourceLoad;
import dev.tideline.bench.report.Circumstances;
import dev.tideline.bench.report.Figure;
import dev.tideline.bench.report.Figures;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.report.PerformancePage;
import dev.tideline.bench.report.ResultsFile;
import dev.tideline.bench.report.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Measures all contestants in turn, and prints and writes the results. */
public final class Bench implements Sampler {

    private static final String OURS = "tideline";
    private static final String PEER = "debezium";

    private final BenchSettings settings;
    private final List<Supplier<Contestant>> contestants;
    private final List<Part> parts;
    private final PrintStream out;
    private final Figures figures = new Figures();
    private final List<String> notes = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    Bench(BenchSettings settings, List<Supplier<Contestant>> contestants, List<Part> parts, PrintStream out) {
        this.settings = settings;
        this.contestants = contestants;
        this.parts = parts;
        this.out = out;
    }

    /** See {@link BenchSettings#of} for the settings. The exit code is 1 if a contestant failed. */
    public static void main(String[] arguments) throws IOException, SQLException {
        BenchSettings settings = BenchSettings.of(System.getProperties());
        List<Part> parts = new ArrayList<>(List.of(new Growth(settings), new ManyTenants(settings)));
        Peers.of(Part.class).forEach(peer -> parts.add(peer.get()));
        Bench bench = new Bench(settings, Contestants.all(settings.size().transactions()), parts, System.out);
        Circumstances circumstances = new Circumstances(settings.source(), Clock.systemUTC());
        bench.run();
        circumstances.lines().forEach(System.out::println);
        if (settings.isComplete() && bench.refused().isEmpty()) {
            Path page =
                    new PerformancePage(bench.figures(), circumstances.lines(), bench.notes()).write(settings.docs());
            System.out.println("Page: " + page);
        }
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
        SourceLoad load = new SourceLoad();
        note("the source's own speed is taken by " + load.writer());
        if (contestants.stream().noneMatch(next -> next.get().subject().equals(PEER))) {
            note("skipped: " + PEER + ", since its jars are not on the class path; profile bench brings them");
        }
        for (Step step : List.of(new Race(settings), new SourceSpeed(settings, load))) {
            for (int round = 1; round <= step.rounds(); round++) {
                run(step, round);
            }
        }
        parts.stream()
                .filter(part -> settings.wants(OURS) && part.measures().stream().anyMatch(settings.only()::contains))
                .forEach(this::run);
        Table.print(figures, out);
        notes.forEach(line -> out.println("note: " + line));
        refused.forEach(out::println);
    }

    private void run(Step step, int round) {
        for (Supplier<Contestant> next : contestants) {
            Contestant contestant = next.get();
            if (step.isWanted(contestant)) {
                let(
                        contestant.subject(),
                        () -> step.run(
                                contestant, (measure, value) -> sample(measure, contestant.subject(), round, value)));
            }
        }
    }

    private void run(Part part) {
        let(
                part.getClass().getSimpleName(),
                () -> part.run(settings.size().scale().rounds(), this));
    }

    Figures figures() {
        return figures;
    }

    List<String> notes() {
        return notes;
    }

    /** One line for each contestant that could not do what was asked. */
    List<String> refused() {
        return refused;
    }

    private void let(String who, Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception | AssertionError e) {
            String line = "REFUSED " + who + ": " + e.getMessage();
            refused.add(line);
            out.println(line);
        }
    }

    @Override
    public void sample(Measure measure, String subject, int round, double value) {
        out.printf(
                Locale.ROOT,
                "round %d: %s %s %s %s%n",
                round,
                subject,
                measure.text(),
                Figure.words(value),
                measure.unit());
        figures.add(measure, subject, round, value);
    }

    @Override
    public void note(String line) {
        notes.add(line);
    }

    private interface Attempt {
        void run() throws Exception;
    }
}
