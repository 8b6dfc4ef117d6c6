package dev.tideline.e2e;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Delays, summarized by their median and maximum. Immutable. */
public final class Lags {

    private final long[] sortedNanos;

    private Lags(long[] sortedNanos) {
        this.sortedNanos = sortedNanos;
    }

    public static Lags of(Collection<Duration> samples) {
        return new Lags(samples.stream().mapToLong(Duration::toNanos).sorted().toArray());
    }

    public int samples() {
        return sortedNanos.length;
    }

    /**
     * The delay that this share of the samples does not exceed (nearest rank).
     *
     * @param part above 0, at most 1
     * @throws IllegalStateException if there are no samples
     */
    public Duration quantile(double part) {
        if (part <= 0 || part > 1) {
            throw new IllegalArgumentException("a part is above 0 and at most 1, not " + part);
        }
        if (sortedNanos.length == 0) {
            throw new IllegalStateException("there are no samples");
        }
        return Duration.ofNanos(sortedNanos[(int) Math.ceil(part * sortedNanos.length) - 1]);
    }

    /** A quantile as {@code 12.3 ms}; {@code -} without samples. */
    public String text(double part) {
        return sortedNanos.length == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f ms", quantile(part).toNanos() / 1e6);
    }

    @Override
    public String toString() {
        return Arrays.toString(sortedNanos);
    }
}
