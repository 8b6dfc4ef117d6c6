package dev.tideline.bench.report;

import java.util.Locale;

/**
 * The median of the samples of one measure and subject; for a peak, the maximum.
 *
 * @param value the median, or the maximum
 * @param low the smallest sample
 * @param high the largest
 * @param samples number of samples
 */
public record Figure(Measure measure, String subject, double value, double low, double high, int samples) {

    /** As one object of {@code results.json}; the names need no escaping. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"measure\":\"%s\",\"subject\":\"%s\",\"value\":%s,\"unit\":\"%s\"}",
                measure.text(),
                subject,
                number(value),
                measure.unit());
    }

    /** Small figures keep their digits. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%.1f", value);
    }

    /** For people: three or more digits, with thousands separators. */
    public static String words(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    /** The range of the samples, as a share of the median. */
    String spread() {
        return samples < 2 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * (high - low) / value);
    }
}
