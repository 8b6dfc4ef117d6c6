package dev.tideline.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** All samples of a run, by measure and subject. For one thread. */
public final class Figures {

    private final Map<Measure, Map<String, Map<Integer, List<Double>>>> samples = new EnumMap<>(Measure.class);

    /**
     * @param round in which the contestants took turns; ratios compare within a round
     */
    public void add(Measure measure, String subject, int round, double value) {
        samples.computeIfAbsent(measure, m -> new LinkedHashMap<>())
                .computeIfAbsent(subject, s -> new TreeMap<>())
                .computeIfAbsent(round, r -> new ArrayList<>())
                .add(value);
    }

    /** In the order of the measures. */
    public List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        samples.forEach((measure, subjects) -> subjects.forEach((subject, rounds) -> {
            double[] values = rounds.values().stream()
                    .flatMap(List::stream)
                    .mapToDouble(Double::doubleValue)
                    .sorted()
                    .toArray();
            double high = values[values.length - 1];
            double value = measure == Measure.PEAK_HEAP ? high : median(values);
            all.add(new Figure(measure, subject, value, values[0], high, values.length));
        }));
        return all;
    }

    /** Of one measure, in the order in which the subjects came. */
    public List<Figure> of(Measure measure) {
        return all().stream().filter(figure -> figure.measure() == measure).toList();
    }

    /** The median of the ratios within each round; empty if one of the two has no figure. */
    public OptionalDouble ratio(Measure measure, String subject, String peer) {
        Map<Integer, List<Double>> ours = rounds(measure, subject);
        Map<Integer, List<Double>> theirs = rounds(measure, peer);
        double[] ratios = ours.keySet().stream()
                .filter(theirs::containsKey)
                .mapToDouble(round -> middle(ours.get(round)) / middle(theirs.get(round)))
                .sorted()
                .toArray();
        return ratios.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(ratios));
    }

    private Map<Integer, List<Double>> rounds(Measure measure, String subject) {
        return samples.getOrDefault(measure, Map.of()).getOrDefault(subject, Map.of());
    }

    private static double middle(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /** Of an even number, between the two in the middle. */
    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    @Override
    public String toString() {
        return Arrays.toString(all().toArray());
    }
}
