package dev.tideline.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * {@code docs/performance.md} and its charts, from one run.
 *
 * @param notes of the run
 */
public record PerformancePage(Figures figures, List<String> circumstances, List<String> notes) {

    private static final String HEAD = """
            # Performance

            Written by `mvn -Pbench verify -Dbench.size=full`; all figures are from that one run, so that the ratios hold even where
            another machine is faster. To see for yourself: `mvn -Pbench verify`, under three minutes on an idle machine.

            """;

    private static final String METHOD = """
            ## Who was measured
            - **tideline**: the runtime with its default settings.
            - **native**: Postgres' logical replication, one publication and one subscription with their defaults.
            - **debezium**: Debezium's embedded engine with its JDBC sink in one process, without Kafka, with their defaults (pgoutput,
              upserts).
            - **row-by-row**: a flag and a sequence column in the user's row, a numbering query every 50 ms, and an upsert for each row,
              1,000 of them in a transaction.
            - **limit**: COPY into a staging table and a merge in two lanes, told what changed: no capture, no ledger. The most that COPY
              can give here.
            - **none**: nobody follows the source.

            Runtimes have a JVM of their own each, Tideline's with the option that its README gives, and at most 512 MB of heap; 128 MB
            where growth, tenants, idling and heap are measured.

            ## How
            - Each contestant gets fresh databases: `item`, seven columns, three secondary indexes at the source. They take turns; a
              figure is the median of its samples, its spread the distance of the extreme samples, and a ratio the median of the ratios
              within each turn.
            - No figure is taken before the number of rows and the sum of their hashes are equal on both sides; a contestant that loses a
              row is refused. What both sides have to be equal to is read before the clock runs. Nor is anybody done before the target
              has its primary key: until then nobody looks for the last row, which would mean to read the table again and again.
            - **initial_copy**: rows per second, from adding a target to an installed source until both sides are equal.
            - **drain**: transactions of one row each, three in four of a different row, collect while the contestant is stopped; from
              its start, connecting included, until both sides are equal.
            - **latency**: from a committed transaction to the row's being visible at the target, told by a trigger's NOTIFY, at 50 changes
              per second at moments drawn by lot; both moments on one clock.
            - **source_tps**: single-row updates by four clients, while the contestant follows on the same cores, and while it is stopped.
            - **cost_10m_rows**, **cost_10k_tenants**: seconds for the same backlog in the large table, or among idle tenants with a target
              each (schemas in a few databases), divided by those in the small one, or alone.
            - **idle_cpu**: processor time of the runtime while nothing changes, with all of those tenants.
            - **peak_heap**: the largest heap before any collection, garbage included, with all rows of the large table as a backlog of
              one transaction, and with all tenants.
            - **dev_services_start**: Postgres, external Postgres, mail and collector, from the call until each has answered a real request.

            """;

    /** Writes the page and its charts, and returns the page's path. @param docs the folder of documents */
    public Path write(Path docs) throws IOException {
        Path pictures = Files.createDirectories(docs.resolve("performance"));
        StringBuilder page = new StringBuilder(HEAD);
        circumstances.forEach(line -> page.append(line).append('\n'));
        page.append("\n## Bars\n| measure | tideline | bar | measured |\n|---|---:|---|---|\n");
        figures.all().stream()
                .filter(figure -> figure.subject().equals(Table.OURS))
                .forEach(figure -> page.append(bar(figure)));
        page.append("\n## Figures\n");
        for (Measure measure : Measure.values()) {
            List<Figure> all = figures.of(measure);
            if (!all.isEmpty()) {
                page.append(section(measure, all, pictures));
            }
        }
        page.append("## Notes of the run\n");
        notes.forEach(line -> page.append("- ").append(line).append('\n'));
        page.append('\n').append(METHOD.stripTrailing()).append('\n');
        return Files.writeString(docs.resolve("performance.md"), page);
    }

    private String bar(Figure figure) {
        Measure.Bar bar = figure.measure().bar();
        OptionalDouble ratio = ratio(figure);
        String measured = bar.peer().isEmpty()
                ? ""
                : ratio.isPresent() ? Figure.words(ratio.getAsDouble()) + ", " : "peer not measured, ";
        boolean known = bar.peer().isEmpty() || ratio.isPresent();
        boolean reached = known && bar.isReachedBy(bar.peer().isEmpty() ? figure.value() : ratio.getAsDouble());
        return String.format(
                Locale.ROOT,
                "| %s | %s %s | %s | %s%s |%n",
                figure.measure().text(),
                Figure.words(figure.value()),
                figure.measure().unit(),
                bar,
                measured,
                known ? reached ? "reached" : "**missed**" : "open");
    }

    private String section(Measure measure, List<Figure> all, Path pictures) throws IOException {
        StringBuilder section = new StringBuilder("### " + measure.text() + "\n");
        if (all.size() > 1) {
            String name = measure.text() + ".svg";
            String hint = measure.unit() + (measure.bar().atLeast() ? ", longer is better" : ", shorter is better");
            Files.writeString(pictures.resolve(name), Chart.svg(measure.text().replace('_', ' '), hint, all));
            section.append("![")
                    .append(measure.text())
                    .append("](performance/")
                    .append(name)
                    .append(")\n\n");
        }
        section.append("| subject | median | unit | spread | ratio to ")
                .append(
                        measure.bar().peer().isEmpty()
                                ? "a peer"
                                : measure.bar().peer())
                .append(" | samples |\n|---|---:|---|---:|---:|---:|\n");
        for (Figure figure : all) {
            OptionalDouble ratio = ratio(figure);
            section.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %d |%n",
                    figure.subject(),
                    Figure.words(figure.value()),
                    measure.unit(),
                    figure.spread(),
                    ratio.isPresent() ? Figure.words(ratio.getAsDouble()) : "-",
                    figure.samples()));
        }
        return section.append('\n').toString();
    }

    private OptionalDouble ratio(Figure figure) {
        String peer = figure.measure().bar().peer();
        return peer.isEmpty() ? OptionalDouble.empty() : figures.ratio(figure.measure(), figure.subject(), peer);
    }
}
