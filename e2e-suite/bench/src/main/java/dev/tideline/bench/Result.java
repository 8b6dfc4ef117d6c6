package dev.tideline.bench;

import java.util.Locale;

/**
 * One figure.
 *
 * @param measure {@code initial_copy}, {@code drain}
 * @param subject whose it is
 * @param unit {@code rows/s}; of {@code drain}, transactions of one row each
 */
record Result(String measure, String subject, double value, String unit) {

    /** As one object of {@code results.json}; the names need no escaping. */
    String json() {
        return String.format(
                Locale.ROOT,
                "{\"measure\":\"%s\",\"subject\":\"%s\",\"value\":%.1f,\"unit\":\"%s\"}",
                measure,
                subject,
                value,
                unit);
    }
}
