package dev.tideline.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What was seen in the attempts of one wait. Used by the waiting thread only. */
final class Observations<T> {

    /** A moment of the wait: time since its start, and number of the attempt, from 1. */
    record Moment(Duration after, int attempt) {
        @Override
        public String toString() {
            return "after " + Shown.duration(after) + " (attempt " + attempt + ")";
        }
    }

    record Failure(Moment moment, Throwable thrown) {}

    record Change(Moment moment, String from) {}

    record Hang(Moment moment, AttemptThread.CutOff cut) {}

    private int attempts;
    private int values;
    private int failures;
    private Look<T> lastLook;
    private Change lastChange;
    private Failure firstFailure;
    private Failure lastFailure;
    private final List<Hang> hangs = new ArrayList<>();

    int begin() {
        return ++attempts;
    }

    void saw(Duration after, Look<T> look) {
        Moment moment = new Moment(after, attempts);
        if (look.thrown() != null) {
            failures++;
            lastFailure = new Failure(moment, look.thrown());
            if (firstFailure == null) {
                firstFailure = lastFailure;
            }
        }
        if (look.text() == null) {
            return;
        }
        values++;
        if (lastLook != null && changed(lastLook, look)) {
            lastChange = new Change(moment, lastLook.text());
        }
        lastLook = look;
    }

    void hung(Duration began, AttemptThread.CutOff cut) {
        hangs.add(new Hang(new Moment(began, attempts), cut));
    }

    /**
     * Equal values that look alike are the same; so are unequal ones that look alike, for classes without equals. A
     * mutable object that looks different has changed.
     */
    private static boolean changed(Look<?> before, Look<?> now) {
        if (before.text().equals(now.text())) {
            return false;
        }
        return before.value() == now.value() || !Objects.deepEquals(before.value(), now.value());
    }

    int attempts() {
        return attempts;
    }

    /** The number of attempts with a value. */
    int values() {
        return values;
    }

    int failures() {
        return failures;
    }

    /** The last attempt with a value, or null. */
    Look<T> lastLook() {
        return lastLook;
    }

    /** The last time that the value differed from the one before, or null. */
    Change lastChange() {
        return lastChange;
    }

    Failure firstFailure() {
        return firstFailure;
    }

    Failure lastFailure() {
        return lastFailure;
    }

    List<Hang> hangs() {
        return List.copyOf(hangs);
    }
}
