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
 * Waits for a condition, and says what happened instead if it does not come true.
 *
 * <pre>{@code
 * List<Row> rows = Eventually.await("user appears in the external database")
 *         .atMost(ofSeconds(10))
 *         .until(() -> rowsOf("users"), hasSize(1));
 * }</pre>
 *
 * <p>The first look is taken at once, the following ones after pauses that grow from 10 ms to 250 ms, and one last look
 * at the deadline. Each look runs in a thread of its own (a daemon that inherits the context class loader, but no thread
 * locals) and is interrupted when the time is over, so that a call that hangs neither outlasts the limit nor hides what
 * was seen before. The look at the deadline is given 2 s.
 *
 * <p>An exception, or an assertion that fails, makes another attempt; an {@link Error} that is no {@link AssertionError}
 * ends the wait. If the waiting thread is interrupted, the wait ends and the thread's interrupt flag stays set. Every
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
     * @param what what is awaited, as a sentence or a clause: it begins the message of a failure; not blank
     * @return the wait, to be configured further
     */
    public static Eventually await(String what) {
        return new Eventually(WaitSettings.of(what), false);
    }

    /**
     * Sets the limit.
     *
     * @param limit how long to wait; zero means to look once
     * @return a wait with this limit instead of 10 s
     */
    public Eventually atMost(Duration limit) {
        return new Eventually(settings.withLimit(limit), true);
    }

    /**
     * Looks at a steady pace.
     *
     * @param pause the pause between two attempts, above zero
     * @return a wait with this pause instead of growing ones
     */
    public Eventually pollEvery(Duration pause) {
        if (pause.isZero() || pause.isNegative()) {
            throw new IllegalArgumentException("The pause between two attempts must be above zero, not " + pause);
        }
        return pollInterval(new FixedPollInterval(pause));
    }

    /**
     * Looks at the pace of one of Awaitility's poll intervals.
     *
     * @param interval gives the pause before each further attempt
     * @return a wait with these pauses instead of ones that grow from 10 ms to 250 ms
     */
    public Eventually pollInterval(PollInterval interval) {
        return with(settings.withPollInterval(interval));
    }

    /**
     * Ends the wait as failed as soon as a condition says that going on is pointless. It is asked after each attempt that
     * found no success; one that throws counts as an attempt with an exception.
     *
     * @param reason why going on is pointless, for the message
     * @param condition true to give up
     * @return a wait with this condition beside those that it had
     */
    public Eventually failFast(String reason, Callable<Boolean> condition) {
        return with(settings.withFailFast(new FailFast(reason, condition)));
    }

    /**
     * Ends the wait as failed when an attempt throws this, instead of trying again.
     *
     * @param type an exception that no further attempt can cure; subclasses count
     * @return a wait with this exception beside those that it had
     */
    public Eventually failOn(Class<? extends Throwable> type) {
        return with(settings.withFailOn(type));
    }

    /**
     * Adds to the failure what came close, say the subjects of the mails that did arrive.
     *
     * @param label what the list holds
     * @param source asked once, when the wait has failed; strings are shown as they are
     * @return a wait with this list beside those that it had
     */
    public Eventually nearMisses(String label, Callable<? extends Iterable<?>> source) {
        return with(settings.withNearMisses(new NearMisses(label, source)));
    }

    /**
     * Takes the time from elsewhere.
     *
     * @param time the clock to use
     * @return a wait by this clock
     */
    public Eventually on(TimeSource time) {
        return with(settings.withTime(time));
    }

    /**
     * Turns the wait into its opposite: something has to hold from now on to the end of a window.
     *
     * @param window how long it has to hold, above zero
     * @return the check, to be given its condition
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
     * Waits until a value matches.
     *
     * @param supplier gives the value
     * @param matcher what it has to match
     * @param <T> the value's type
     * @return the value that matched
     * @throws NotInTimeError if no value did
     */
    public <T> T until(Callable<? extends T> supplier, Matcher<? super T> matcher) {
        return until(left -> supplier.call(), matcher, Goal.ONCE);
    }

    /**
     * Waits until a value satisfies a predicate. The message can only show the value;
     * {@link #until(Callable, String, Predicate)} says what was expected as well.
     *
     * @param supplier gives the value
     * @param predicate true for the value that is awaited
     * @param <T> the value's type
     * @return the value that satisfied it
     * @throws NotInTimeError if no value did
     */
    public <T> T until(Callable<? extends T> supplier, Predicate<? super T> predicate) {
        return until(supplier, "a value that the predicate accepts", predicate);
    }

    /**
     * Waits until a value satisfies a predicate.
     *
     * @param supplier gives the value
     * @param expectation the predicate in words, for the message
     * @param predicate true for the value that is awaited
     * @param <T> the value's type
     * @return the value that satisfied it
     * @throws NotInTimeError if no value did
     */
    public <T> T until(Callable<? extends T> supplier, String expectation, Predicate<? super T> predicate) {
        return until(left -> supplier.call(), new PredicateMatcher<T>(expectation, predicate), Goal.ONCE);
    }

    /**
     * Waits until a condition is true.
     *
     * @param condition asked in each attempt
     * @throws NotInTimeError if it was never true
     */
    public void until(Callable<Boolean> condition) {
        until(condition, is(true));
    }

    /**
     * Waits until assertions pass.
     *
     * @param assertions any code that throws while the awaited has not come
     * @throws NotInTimeError if they never passed
     */
    public void untilAsserted(ThrowingRunnable assertions) {
        until(asserting(assertions), AssertionMatcher.none(), Goal.ONCE);
    }

    /**
     * Waits until assertions about a value pass.
     *
     * @param supplier gives the value
     * @param assertions throw while it is not the awaited one
     * @param <T> the value's type
     * @return the value that passed
     * @throws NotInTimeError if none did
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
