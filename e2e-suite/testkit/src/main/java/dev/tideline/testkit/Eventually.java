package dev.tideline.testkit;

import static org.hamcrest.Matchers.is;

import dev.tideline.testkit.AttemptLoop.Goal;
import dev.tideline.testkit.WaitSettings.FailFast;
import dev.tideline.testkit.WaitSettings.NearMisses;
import dev.tideline.testkit.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.core.ThrowingRunnable;
import org.awaitility.pollinterval.FixedPollInterval;
import org.awaitility.pollinterval.PollInterval;
import org.hamcrest.Matcher;

/**
 * Waits for a condition, and reports what happened instead if it does not come true.
 *
 * <pre>{@code
 * List<Row> rows = Eventually.await("user appears in the external database")
 *         .atMost(ofSeconds(10))
 *         .until(() -> rowsOf("users"), hasSize(1));
 * }</pre>
 *
 * <p>The first attempt is made at once, further ones after pauses that grow from 10 ms to 250 ms, and a last one at the
 * deadline. Each attempt runs in a separate thread (a daemon that inherits the context class loader, but no thread
 * locals) and is interrupted when the time is over, so that a call that hangs neither outlasts the limit nor hides what
 * was seen before. The attempt at the deadline may take 2 s.
 *
 * <p>After an exception or a failed assertion it tries again; an {@link Error} other than {@link AssertionError} ends the
 * wait. If the waiting thread is interrupted, the wait ends and the thread's interrupt flag stays set. Every
 * failure is a {@link NotInTimeError}.
 *
 * <p>Immutable: a half-configured wait can be kept and used many times, by several threads.
 */
public final class Eventually {
    private final WaitSettings settings;
    private final boolean limited;

    private Eventually(WaitSettings settings, boolean limited) {
        this.settings = settings;
        this.limited = limited;
    }

    /**
     * Begins a wait of at most 10 s.
     *
     * @param what is awaited, as a sentence or a clause that begins the message of a failure; not blank
     */
    public static Eventually await(String what) {
        return new Eventually(WaitSettings.of(what), false);
    }

    /** Sets the limit instead of 10 s; zero means a single attempt. */
    public Eventually atMost(Duration limit) {
        return new Eventually(settings.withLimit(limit), true);
    }

    /**
     * Makes attempts at a steady pace.
     *
     * @param pause between two attempts, above zero
     */
    public Eventually pollEvery(Duration pause) {
        if (pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("The pause between two attempts must be above zero, not " + pause);
        }
        return pollInterval(new FixedPollInterval(pause));
    }

    /**
     * Makes attempts at the pace of one of Awaitility's poll intervals, instead of pauses that grow from 10 ms to 250
     * ms.
     */
    public Eventually pollInterval(PollInterval interval) {
        return with(settings.withPollInterval(interval));
    }

    /**
     * Ends the wait as failed as soon as a condition shows that waiting is pointless. It is checked after each
     * unsuccessful attempt; if it throws, that counts as an attempt with an exception. May be called several times.
     *
     * @param reason for the message
     * @param condition true to give up
     */
    public Eventually failFast(String reason, Callable<Boolean> condition) {
        return with(settings.withFailFast(new FailFast(reason, condition)));
    }

    /**
     * Ends the wait as failed when an attempt throws this exception or a subclass, instead of trying again. May be
     * called several times.
     */
    public Eventually failOn(Class<? extends Throwable> type) {
        return with(settings.withFailOn(type));
    }

    /**
     * Adds to the failure what came close, such as the subjects of the mails that did arrive. May be called several
     * times.
     *
     * @param label of the list
     * @param source called once, when the wait has failed; strings are shown unchanged
     */
    public Eventually nearMisses(String label, Callable<? extends Iterable<?>> source) {
        return with(settings.withNearMisses(new NearMisses(label, source)));
    }

    /** Uses another clock. */
    public Eventually on(TimeSource time) {
        return with(settings.withTime(time));
    }

    /**
     * Checks the opposite: something has to hold from now on to the end of a window.
     *
     * @param window above zero
     * @throws IllegalStateException if a limit was set with {@link #atMost}, which would mean nothing here
     */
    public During during(Duration window) {
        if (limited) {
            throw new IllegalStateException("during(" + Shown.duration(window)
                    + ") lasts as long as its window: leave out" + " atMost(" + Shown.duration(settings.limit()) + ")");
        }
        if (window.isZero()) {
            throw new IllegalArgumentException("The window must be above zero");
        }
        return new During(settings.withLimit(window));
    }

    /**
     * Waits until a value matches, and returns it.
     *
     * @throws NotInTimeError if no value did
     */
    public <T> T until(Callable<? extends T> supplier, Matcher<? super T> matcher) {
        return until(left -> supplier.call(), matcher, Goal.ONCE);
    }

    /**
     * Waits until a value satisfies a predicate, and returns it. The message can only show the value; {@link
     * #until(Callable, String, Predicate)} says what was expected as well.
     *
     * @throws NotInTimeError if no value did
     */
    public <T> T until(Callable<? extends T> supplier, Predicate<? super T> predicate) {
        return until(supplier, "a value that the predicate accepts", predicate);
    }

    /**
     * Waits until a value satisfies a predicate, and returns it.
     *
     * @param expectation the predicate in words, for the message
     * @throws NotInTimeError if no value did
     */
    public <T> T until(Callable<? extends T> supplier, String expectation, Predicate<? super T> predicate) {
        return until(left -> supplier.call(), new PredicateMatcher<T>(expectation, predicate), Goal.ONCE);
    }

    /**
     * Waits until a condition is true.
     *
     * @throws NotInTimeError if it was never true
     */
    public void until(Callable<Boolean> condition) {
        until(condition, is(true));
    }

    /**
     * Waits until assertions pass.
     *
     * @param assertions any code that throws until then
     * @throws NotInTimeError if they never passed
     */
    public void untilAsserted(ThrowingRunnable assertions) {
        until(asserting(assertions), AssertionMatcher.none(), Goal.ONCE);
    }

    /**
     * Waits until assertions about a value pass, and returns the value.
     *
     * @throws NotInTimeError if they never did
     */
    public <T> T untilAsserted(Callable<? extends T> supplier, Consumer<? super T> assertions) {
        return until(left -> supplier.call(), AssertionMatcher.<T>about(assertions), Goal.ONCE);
    }

    <T> T until(TimedSupplier<? extends T> supplier, Matcher<? super T> matcher, Goal goal) {
        return new AttemptLoop<T>(settings, supplier, matcher, goal).run();
    }

    static TimedSupplier<Void> asserting(ThrowingRunnable assertions) {
        return left -> {
            try {
                assertions.run();
                return null;
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private Eventually with(WaitSettings changed) {
        return new Eventually(changed, limited);
    }
}
