package dev.tideline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path folder;

    private final Figures figures = new Figures();

    @Test
    void resultsAreWrittenInTheDocumentedShape() throws Exception {
        figures.add(Measure.DRAIN, "tideline", 1, 61234.56);
        figures.add(Measure.DRAIN, "native", 1, 40000);
        figures.add(Measure.LATENCY_P50, "tideline", 1, 4.4321);
        assertThat(Files.readString(ResultsFile.write(figures.all(), folder))).isEqualTo("""
                [{"measure":"drain","subject":"tideline","value":61234.6,"unit":"rows/s"},
                 {"measure":"drain","subject":"native","value":40000.0,"unit":"rows/s"},
                 {"measure":"latency_p50","subject":"tideline","value":4.432,"unit":"ms"}]
                """);
    }

    @Test
    void theMedianCountsAndTheRatioComparesWithinARound() {
        double[] ours = {100, 20, 300};
        double[] theirs = {50, 40, 100};
        for (int round = 1; round <= 3; round++) {
            figures.add(Measure.DRAIN, "tideline", round, ours[round - 1]);
            figures.add(Measure.DRAIN, "native", round, theirs[round - 1]);
        }
        assertThat(figures.all().get(0)).isEqualTo(new Figure(Measure.DRAIN, "tideline", 100, 20, 300, 3));
        // 2, 0.5, 3: not 100 of 50.
        assertThat(figures.ratio(Measure.DRAIN, "tideline", "native")).hasValue(2);
        assertThat(figures.ratio(Measure.DRAIN, "tideline", "debezium")).isEmpty();
    }

    @Test
    void aPeerOfOneMeasureStandsInTheTableAndNotInTheResults() throws Exception {
        figures.add(Measure.DEV_SERVICES_START, "tideline", 1, 1.5);
        figures.add(Measure.DEV_SERVICES_START, "container", 1, 2);
        assertThat(Files.readString(ResultsFile.write(figures.all(), folder))).isEqualTo("""
                [{"measure":"dev_services_start","subject":"tideline","value":1.500,"unit":"s"}]
                """);
        assertThat(figures.ratio(Measure.DEV_SERVICES_START, "tideline", "container"))
                .hasValue(0.75);
    }

    @Test
    void ofAPeakTheHighestCounts() {
        figures.add(Measure.PEAK_HEAP, "tideline", 1, 60);
        figures.add(Measure.PEAK_HEAP, "tideline", 2, 90);
        assertThat(figures.all().get(0).value()).isEqualTo(90);
    }

    @Test
    void thePageHasEveryFigureTheBarsAndAChartThatIsReadOnLightAndDarkPages() throws Exception {
        figures.add(Measure.DRAIN, "native", 1, 40000);
        figures.add(Measure.DRAIN, "tideline", 1, 50000);
        figures.add(Measure.IDLE_CPU, "tideline", 1, 0.5);
        String page =
                Files.readString(new PerformancePage(figures, List.of("A machine."), List.of("A note.")).write(folder));
        assertThat(page)
                .contains("A machine.\n")
                .contains("- A note.\n")
                .contains("| drain | 50,000 rows/s | at least 1.50 of native | 1.25, **missed** |\n")
                .contains("| idle_cpu | 0.50 % | at most 1.00 | reached |\n")
                .contains("![drain](performance/drain.svg)\n")
                .contains("| native | 40,000 | rows/s | - | 1.00 | 1 |\n")
                .doesNotContain("idle_cpu.svg");
        Path chart = folder.resolve("performance/drain.svg");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(chart.toFile());
        assertThat(Files.readString(chart))
                .contains("prefers-color-scheme: dark")
                .contains(">50,000 rows/s</text>")
                .contains("class=\"ours\" x=\"110\" y=\"90\" width=\"500.0\"")
                .contains("class=\"peer\" x=\"110\" y=\"58\" width=\"400.0\"");
    }

    @Test
    void theTableSaysWhetherABarIsReached() {
        figures.add(Measure.DRAIN, "native", 1, 40000);
        figures.add(Measure.DRAIN, "tideline", 1, 60000);
        figures.add(Measure.DRAIN, "tideline", 1, 66000);
        figures.add(Measure.LATENCY_P50, "debezium", 1, 60);
        figures.add(Measure.LATENCY_P50, "tideline", 1, 9);
        figures.add(Measure.PEAK_HEAP, "tideline", 1, 97);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Table.print(figures, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8).stripLeading()).isEqualToNormalizingNewlines("""
                measure             subject           median unit     spread    ratio  bar
                drain               native            40,000 rows/s        -     1.00
                drain               tideline          63,000 rows/s     10 %     1.58  at least 1.50 of native: reached; aim 0.85 of limit
                latency_p50         debezium            60.0 ms            -     1.00
                latency_p50         tideline            9.00 ms            -     0.15  at most 0.10 of debezium: MISSED; aim 5 of native
                peak_heap           tideline            97.0 MB            -        -  at most 128: reached
                """);
    }
}
