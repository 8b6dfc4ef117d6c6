package dev.tideline.sync.config;

import java.time.Duration;

/** What a value must lie in, for records that are built in code; the file's values are checked where they are read. */
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
