package dev.tideline.sync.verify;

import java.time.Duration;

/**
 * Limits of one verification.
 *
 * @param listed how many differing rows are named; default 100, minimum 0. All of them are counted, and repaired
 * @param settleWithin how long to wait in total for rows in flight; default 30 s; zero: do not wait
 */
public record VerifyOptions(int listed, Duration settleWithin) {

    public static final VerifyOptions DEFAULT = new VerifyOptions(100, Duration.ofSeconds(30));

    public VerifyOptions {
        if (listed < 0 || settleWithin.isNegative()) {
            throw new IllegalArgumentException("neither limit can be negative: " + listed + ", " + settleWithin);
        }
    }
}
