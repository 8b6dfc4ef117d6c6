package dev.tideline.sync.config;

import java.time.Duration;

/** Checks ranges in records that are built in code; values of the file are checked when they are read. */
final class Range {

    private Range() {}

    static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ", and not " + value);
        }
    }

    static void check(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " must be from " + DurationText.format(least) + " to "
                    + DurationText.format(most) + ", and not " + value);
        }
    }
}
