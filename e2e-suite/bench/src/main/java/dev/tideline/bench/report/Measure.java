package dev.tideline.bench.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is measured, in which unit, and what Tideline has to reach. */
public enum Measure {
    INITIAL_COPY("rows/s", new Bar("native", 1.0, true, "1.5 of native")),
    /** Transactions of the source, one row each, so that rows that changed twice count twice. */
    DRAIN("rows/s", new Bar("native", 1.5, true, "0.85 of limit")),
    LATENCY_P50("ms", new Bar("debezium", 0.10, false, "5 of native")),
    LATENCY_P99("ms", new Bar("debezium", 0.15, false, "5 of native")),
    SOURCE_TPS_SYNCING("tps", new Bar("native", 0.95, true, "")),
    SOURCE_TPS_PAUSED("tps", new Bar("none", 0.82, true, "0.87 of none")),
    /** Cost of a change in a large table, relative to a small one. */
    COST_10M_ROWS("x", new Bar("", 1.2, false, "")),
    /** Cost of a change while many tenants are idle, relative to a single tenant. */
    COST_10K_TENANTS("x", new Bar("", 1.2, false, "")),
    /** Of one core. */
    IDLE_CPU("%", new Bar("", 1.0, false, "")),
    PEAK_HEAP("MB", new Bar("", 128, false, "")),
    DEV_SERVICES_START("s", new Bar("container", 1.0, false, ""));

    private final String unit;
    private final Bar bar;

    Measure(String unit, Bar bar) {
        this.unit = unit;
        this.bar = bar;
    }

    /** The name in the results: {@code initial_copy}, … */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String unit() {
        return unit;
    }

    public Bar bar() {
        return bar;
    }

    /**
     * @throws IllegalArgumentException with all names, if there is none of this name
     */
    public static Measure of(String text) {
        return Arrays.stream(values())
                .filter(measure -> measure.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no measure '" + text + "'. The measures are "
                        + Arrays.stream(values()).map(Measure::text).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * What Tideline has to reach.
     *
     * @param peer whose figure the limit is a share of; empty if the limit is absolute
     * @param atLeast whether more is better
     * @param aim a higher goal; empty if there is none
     */
    public record Bar(String peer, double limit, boolean atLeast, String aim) {

        /** Whether a share, or a figure, is good enough. */
        public boolean isReachedBy(double value) {
            return atLeast ? value >= limit : value <= limit;
        }

        @Override
        public String toString() {
            String share = limit >= 10 ? "%.0f" : "%.2f";
            return String.format(Locale.ROOT, (atLeast ? "at least " : "at most ") + share, limit)
                    + (peer.isEmpty() ? "" : " of " + peer);
        }
    }
}
