package dev.tideline.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hamcrest.Matcher;
import org.hamcrest.StringDescription;

/** Values, durations and exceptions in the words of a failure message. */
final class Shown {
    private static final int LONGEST_VALUE = 2_000;

    private Shown() {}

    static String value(Object value) {
        return shortened(whole(value));
    }

    static String whole(Object value) {
        return new StringDescription().appendValue(value).toString();
    }

    static String expectation(Matcher<?> matcher) {
        return said(matcher, StringDescription::toString);
    }

    /**
     * One unit or two, exact to the millisecond: {@code 250 ms}, {@code 1.5 s}, {@code 2 min 5 s}; beyond two days,
     * days.
     */
    static String duration(Duration duration) {
        if (duration.toDays() > 1) {
            return duration.toDays() + " days";
        }
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        long minutes = millis / 60_000;
        String seconds =
                String.format(Locale.ROOT, "%.3f", (millis % 60_000) / 1_000.0).replaceAll("\\.?0+$", "");
        if (minutes == 0) {
            return seconds + " s";
        }
        return minutes + " min" + (millis % 60_000 == 0 ? "" : " " + seconds + " s");
    }

    /** The exception and its causes in one line each, unless the message of one already quotes the next. */
    static String exception(Throwable thrown) {
        StringBuilder text = new StringBuilder(said(thrown, Throwable::toString));
        int depth = 0;
        for (Throwable cause = thrown.getCause(); cause != null && depth < 5; cause = cause.getCause(), depth++) {
            String said = said(cause, inner -> inner.getMessage() == null ? inner.toString() : inner.getMessage());
            if (!text.toString().contains(said)) {
                text.append(", caused by ").append(said(cause, Throwable::toString));
            }
        }
        return text.toString();
    }

    /** An object's own text; if that throws, it must not replace the failure. */
    private static <T> String said(T speaker, Function<T, String> words) {
        try {
            return shortened(words.apply(speaker).strip());
        } catch (Throwable silent) {
            return speaker.getClass().getName() + " (what it says of itself cannot be had: "
                    + silent.getClass().getName() + ")";
        }
    }

    /** Text of several lines starts on a separate line and keeps its shape under the heading. */
    static String block(String text) {
        if (text.indexOf('\n') < 0) {
            return text;
        }
        return text.lines().map(line -> ("    " + line).stripTrailing()).collect(Collectors.joining("\n", "\n", ""));
    }

    static String shortened(String text) {
        if (text.length() <= LONGEST_VALUE) {
            return text;
        }
        return text.substring(0, LONGEST_VALUE) + String.format(Locale.ROOT, "… (%,d characters)", text.length());
    }
}
