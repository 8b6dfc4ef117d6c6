package dev.tideline.bench.report;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;

/** The figures for people: one line each, with its ratio to the peer's, and whether Tideline reaches the bar. */
public final class Table {

    static final String OURS = "tideline";

    private Table() {}

    public static void print(Figures figures, PrintStream out) {
        out.printf(
                "%n%-19s %-11s %12s %-7s %7s %8s  %s%n",
                "measure", "subject", "median", "unit", "spread", "ratio", "bar");
        for (Figure figure : figures.all()) {
            Measure.Bar bar = figure.measure().bar();
            OptionalDouble ratio = bar.peer().isEmpty()
                    ? OptionalDouble.empty()
                    : figures.ratio(figure.measure(), figure.subject(), bar.peer());
            out.println(String.format(
                            Locale.ROOT,
                            "%-19s %-11s %12s %-7s %7s %8s  %s",
                            figure.measure().text(),
                            figure.subject(),
                            Figure.words(figure.value()),
                            figure.measure().unit(),
                            figure.spread(),
                            ratio.isPresent() ? Figure.words(ratio.getAsDouble()) : "-",
                            figure.subject().equals(OURS) ? verdict(figure, bar, ratio) : "")
                    .stripTrailing());
        }
    }

    static String verdict(Figure figure, Measure.Bar bar, OptionalDouble ratio) {
        if (!bar.peer().isEmpty() && ratio.isEmpty()) {
            return bar + ": the peer was not measured";
        }
        boolean reached = bar.isReachedBy(bar.peer().isEmpty() ? figure.value() : ratio.getAsDouble());
        return bar + (reached ? ": reached" : ": MISSED") + (bar.aim().isEmpty() ? "" : "; aim " + bar.aim());
    }
}
