package dev.tideline.testkit;

import dev.tideline.testkit.Observations.Change;
import dev.tideline.testkit.Observations.Failure;
import dev.tideline.testkit.Observations.Hang;
import dev.tideline.testkit.WaitSettings.NearMisses;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hamcrest.Matcher;

/** Reports what was awaited and what happened instead. */
record FailureReport<T>(
        WaitSettings settings,
        Matcher<? super T> matcher,
        AttemptLoop.Goal goal,
        AttemptLoop.End end,
        String failFastReason,
        Observations<T> seen,
        Duration elapsed) {

    private static final int LONGEST_LIST = 20;
    private static final String LABELS = " ".repeat("  first exception: ".length());

    NotInTimeError toError(AttemptThread thread) {
        StringBuilder message = new StringBuilder(headline());
        if (!(matcher instanceof AssertionMatcher)) {
            line(message, "expected", Shown.block(Shown.expectation(matcher)));
        }
        values(message);
        line(
                message,
                "waited",
                Shown.duration(elapsed) + ", " + count(seen.attempts(), "attempt")
                        + (seen.failures() == 0 ? "" : ", " + seen.failures() + " of them with an exception"));
        exceptions(message);
        for (Hang hang : seen.hangs()) {
            line(
                    message,
                    "hung",
                    "the attempt begun " + hang.moment() + ", see the suppressed exception for where it was");
        }
        nearMisses(message, thread);
        Deadlock deadlock = Deadlock.now();
        if (!deadlock.threads().isEmpty()) {
            line(message, "deadlock", deadlock.describe());
        }
        return error(message.toString(), deadlock);
    }

    private String headline() {
        String what = settings.what() + ": ";
        String limit = Shown.duration(settings.limit());
        return what
                + switch (end) {
                    case TIMED_OUT -> "not within " + limit;
                    case FAILED_FAST -> "gave up before the limit of " + limit + ": " + failFastReason;
                    case FATAL ->
                        "gave up before the limit of " + limit + ": no further attempt can cure this exception";
                    case INTERRUPTED -> "the wait was interrupted before the limit of " + limit;
                    case BROKEN -> "did not hold throughout " + limit;
                    case UNKNOWN -> "unknown for the whole of " + limit + ", because a check failed";
                    case DONE -> throw new IllegalStateException("nothing failed");
                };
    }

    private void values(StringBuilder message) {
        Look<T> last = seen.lastLook();
        if (matcher instanceof AssertionMatcher<?> asserted && !asserted.hasValue()) {
            return;
        }
        if (last == null) {
            line(message, "last value", "none, no attempt gave one");
            return;
        }
        line(message, "last value", Shown.block(last.text()));
        if (last.mismatch() != null) {
            line(message, "difference", Shown.block(last.mismatch()));
        }
        Change change = seen.lastChange();
        if (change != null) {
            line(message, "last changed", change.moment() + ", from " + change.from());
        } else if (seen.values() > 1) {
            line(message, "last changed", "never");
        }
    }

    private void exceptions(StringBuilder message) {
        Failure first = seen.firstFailure();
        if (first == null) {
            return;
        }
        if (seen.failures() == 1) {
            line(message, "exception", at(first));
            return;
        }
        Failure last = seen.lastFailure();
        line(message, "first exception", at(first));
        boolean same = Shown.exception(first.thrown()).equals(Shown.exception(last.thrown()));
        line(message, "last exception", same ? last.moment() + ": the same" : at(last));
    }

    private static String at(Failure failure) {
        String text = Shown.block(Shown.exception(failure.thrown()));
        return failure.moment() + (text.startsWith("\n") ? ":" : ": ") + text;
    }

    private void nearMisses(StringBuilder message, AttemptThread thread) {
        if (end == AttemptLoop.End.INTERRUPTED) {
            return;
        }
        for (NearMisses source : settings.nearMisses()) {
            line(message, "near misses", source.label() + ":" + list(source, thread));
        }
    }

    private String list(NearMisses source, AttemptThread thread) {
        try {
            List<String> shown = thread.run(
                    () -> StreamSupport.stream(source.source().call().spliterator(), false)
                            .map(miss -> miss instanceof String text ? text : Shown.value(miss))
                            .toList(),
                    WaitSettings.LAST_CHECK);
            if (shown.isEmpty()) {
                return " none";
            }
            Stream<String> rest = shown.size() <= LONGEST_LIST
                    ? Stream.empty()
                    : Stream.of("    … and " + (shown.size() - LONGEST_LIST) + " more");
            return Stream.concat(shown.stream().limit(LONGEST_LIST).map(miss -> "    " + miss), rest)
                    .collect(Collectors.joining("\n", "\n", ""));
        } catch (ExecutionException e) {
            return " unavailable, " + Shown.exception(e.getCause());
        } catch (AttemptThread.CutOff e) {
            return " unavailable within " + Shown.duration(WaitSettings.LAST_CHECK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return " unavailable, interrupted";
        }
    }

    private NotInTimeError error(String message, Deadlock deadlock) {
        Throwable cause = seen.lastFailure() == null ? null : seen.lastFailure().thrown();
        NotInTimeError error = new NotInTimeError(message, cause, elapsed, seen.attempts());
        if (seen.failures() > 1 && seen.firstFailure().thrown() != cause) {
            error.addSuppressed(seen.firstFailure().thrown());
        }
        seen.hangs().forEach(hang -> error.addSuppressed(hang.cut()));
        deadlock.stacks().forEach(error::addSuppressed);
        return error;
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static void line(StringBuilder message, String label, String text) {
        String heading = "  " + label + ":";
        message.append('\n').append(text.startsWith("\n") ? heading : (heading + LABELS.substring(heading.length())));
        message.append(text);
    }
}
