package dev.tideline.bench;

import dev.tideline.bench.report.Measure;
import dev.tideline.e2e.ServerAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;

/**
 * The settings of a run of the bench.
 *
 * @param only the measures to take
 * @param subjects of the measures; empty: all
 * @param folder for results
 * @param docs where the page of a full run is written
 */
record BenchSettings(
        ServerAddress source,
        ServerAddress external,
        BenchSize size,
        Set<Measure> only,
        Set<String> subjects,
        Path folder,
        Path docs) {

    /**
     * Of the properties {@code bench.source}, {@code .external}, {@code .folder}, {@code .docs} (the folder); {@code .size} ({@code quick});
     * {@code .only} (all), {@code .subjects} (all): lists with commas, {@code latency} for both of its percentiles;
     * {@code .rows}, {@code .transactions}, {@code .rounds}: in place of the size's own.
     *
     * @throws IllegalArgumentException saying which value cannot be used
     */
    static BenchSettings of(Properties properties) {
        BenchSize size = BenchSize.of(text(properties, "bench.size", "quick"));
        BenchSize.Load load = size.load();
        BenchSize.Scale scale = size.scale();
        return new BenchSettings(
                ServerAddress.of(properties.getProperty("bench.source")),
                ServerAddress.of(properties.getProperty("bench.external")),
                new BenchSize(
                        size.name(),
                        number(properties, "bench.rows", size.rows()),
                        (int) number(properties, "bench.transactions", size.transactions()),
                        rounds(properties, size.rounds()),
                        size.drains(),
                        size.latency(),
                        new BenchSize.Load(load.rows(), load.length(), rounds(properties, load.rounds())),
                        new BenchSize.Scale(
                                scale.small(),
                                scale.large(),
                                scale.transactions(),
                                scale.tenants(),
                                rounds(properties, scale.rounds()),
                                scale.idle()),
                        size.limit()),
                measures(text(properties, "bench.only", "")),
                list(text(properties, "bench.subjects", "")),
                Path.of(properties.getProperty("bench.folder")),
                Path.of(text(properties, "bench.docs", properties.getProperty("bench.folder"))));
    }

    private static int rounds(Properties properties, int usual) {
        return (int) number(properties, "bench.rounds", usual);
    }

    /** Whether it measures everything in full size, as the page says. */
    boolean isComplete() {
        return size.equals(BenchSize.of("full")) && subjects.isEmpty() && only.equals(EnumSet.allOf(Measure.class));
    }

    boolean wants(String subject) {
        return subjects.isEmpty() || subjects.contains(subject);
    }

    boolean wantsAny(Measure... measures) {
        return Arrays.stream(measures).anyMatch(only::contains);
    }

    static Set<Measure> measures(String text) {
        Set<Measure> measures = EnumSet.noneOf(Measure.class);
        for (String name : list(text)) {
            if (name.equals("latency")) {
                measures.add(Measure.LATENCY_P50);
                measures.add(Measure.LATENCY_P99);
            } else {
                measures.add(Measure.of(name));
            }
        }
        return measures.isEmpty() ? EnumSet.allOf(Measure.class) : measures;
    }

    private static Set<String> list(String text) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : text.split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }

    private static long number(Properties properties, String name, long otherwise) {
        String text = text(properties, name, Long.toString(otherwise));
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same mistake.
        }
        throw new IllegalArgumentException(name + " is '" + text + "'. Give a number above 0.");
    }

    /** Maven passes empty values for properties that were not given. */
    private static String text(Properties properties, String name, String otherwise) {
        String text = properties.getProperty(name, "");
        return text.isBlank() ? otherwise : text;
    }
}
