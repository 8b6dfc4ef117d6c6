package dev.tideline.testkit;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.tideline.testkit.AttemptLoop.Goal;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ThrowingRunnable;
import org.hamcrest.Matcher;

/**
 * Checks that something holds, or stays away, throughout a window of time. It fails at the first look that finds
 * otherwise; the last look is at the end of the window. A look that throws fails the check as well, because it is
 * unknown what it would have seen. Obtained from {@link Eventually#during(Duration)}; immutable.
 *
 * <pre>{@code
 * Eventually.await("no second welcome mail").during(ofSeconds(1)).never(() -> subjects(), hasItem("Welcome"));
 * }</pre>
 */
public final class During {
    private final WaitSettings settings;

    During(WaitSettings settings) {
        this.settings = settings;
    }

    /**
     * Checks that a value matches throughout.
     *
     * @return the value of the last look
     * @throws NotInTimeError if one look did not match
     */
    public <T> T always(Callable<? extends T> supplier, Matcher<? super T> matcher) {
        return new AttemptLoop<T>(settings, left -> supplier.call(), matcher, Goal.THROUGHOUT).run();
    }

    /** For something that stays once it has come: only the last look has to succeed. */
    <T> T staysAway(TimedSupplier<? extends T> supplier, Matcher<? super T> matcher) {
        return new AttemptLoop<T>(settings, supplier, matcher, Goal.STAYING_AWAY).run();
    }

    /**
     * Checks that a condition is true throughout.
     *
     * @throws NotInTimeError if it was false at one look
     */
    public void always(Callable<Boolean> condition) {
        always(condition, is(true));
    }

    /**
     * Checks that a value never matches.
     *
     * @return the value of the last look
     * @throws NotInTimeError if one look matched
     */
    public <T> T never(Callable<? extends T> supplier, Matcher<? super T> matcher) {
        return new AttemptLoop<T>(settings, left -> supplier.call(), not(matcher), Goal.THROUGHOUT).run();
    }

    /**
     * Checks that a condition is never true.
     *
     * @throws NotInTimeError if it was true at one look
     */
    public void never(Callable<Boolean> condition) {
        always(condition, is(false));
    }

    /**
     * Checks that assertions pass throughout.
     *
     * @throws NotInTimeError if they failed once
     */
    public void asserted(ThrowingRunnable assertions) {
        new AttemptLoop<>(settings, Eventually.asserting(assertions), AssertionMatcher.none(), Goal.THROUGHOUT).run();
    }
}
