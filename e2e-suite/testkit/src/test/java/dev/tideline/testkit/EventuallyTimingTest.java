package dev.tideline.testkit;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.is;

import dev.tideline.testkit.time.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.pollinterval.FibonacciPollInterval;
import org.junit.jupiter.api.Test;

class EventuallyTimingTest {
    private final ManualTime time = new ManualTime();
    private final Eventually wait = Eventually.await("the answer").on(time);

    @Test
    void looks_at_once_then_ever_more_rarely_and_once_more_at_the_deadline() {
        assertThat(looksOf(wait.atMost(ofSeconds(1))))
                .extracting(Duration::toMillis)
                .containsExactly(0L, 10L, 25L, 47L, 81L, 131L, 207L, 321L, 492L, 742L, 992L, 1000L);
    }

    @Test
    void keeps_to_a_pace_of_its_user() {
        assertThat(looksOf(wait.atMost(ofMillis(250)).pollEvery(ofMillis(100))))
                .containsExactly(ZERO, ofMillis(100), ofMillis(200), ofMillis(250));
        assertThat(looksOf(wait.atMost(ofMillis(10)).pollInterval(FibonacciPollInterval.fibonacci())))
                .containsExactly(ZERO, ofMillis(1), ofMillis(2), ofMillis(4), ofMillis(7), ofMillis(10));
    }

    @Test
    void returns_the_value_that_matched() {
        AtomicInteger counter = new AtomicInteger();

        assertThat(wait.<Integer>until(counter::incrementAndGet, is(5))).isEqualTo(5);
        assertThat(wait.until(counter::incrementAndGet, n -> n >= 8)).isEqualTo(8);
        assertThat(wait.untilAsserted(
                        counter::incrementAndGet, n -> assertThat(n).isEqualTo(10)))
                .isEqualTo(10);
    }

    @Test
    void accepts_what_came_true_at_the_deadline() {
        assertThat(wait.atMost(ofSeconds(1))
                        .pollEvery(ofMillis(400))
                        .until(() -> Duration.ofNanos(time.nanoTime()), is(ofSeconds(1))))
                .isEqualTo(ofSeconds(1));
    }

    @Test
    void an_attempt_that_hangs_is_cut_off_and_hides_nothing() throws InterruptedException {
        AtomicInteger attempt = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Callable<Integer> supplier = () -> {
            switch (attempt.incrementAndGet()) {
                case 1 -> {
                    return 7;
                }
                case 2 -> throw new IOException("connection reset");
                case 3 -> {
                    try {
                        time.hang();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        ended.countDown();
                    }
                    return 0;
                }
                default -> {
                    return 8;
                }
            }
        };

        Throwable failure = catchThrowable(
                () -> wait.atMost(ofSeconds(10)).pollEvery(ofSeconds(1)).until(supplier, is(42)));

        assertThat(failure).hasMessage("""
                        the answer: not within 10 s
                          expected:        is <42>
                          last value:      <8>
                          last changed:    after 10 s (attempt 4), from <7>
                          waited:          10 s, 4 attempts, 1 of them with an exception
                          exception:       after 1 s (attempt 2): java.io.IOException: connection reset
                          hung:            the attempt begun after 2 s (attempt 3), see the suppressed exception for where it was""").hasCauseExactlyInstanceOf(IOException.class);
        assertThat(failure.getSuppressed()).singleElement().satisfies(hung -> {
            assertThat(hung).hasMessage("an attempt was cut off after 8 s; it was here");
            assertThat(hung.getStackTrace())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("hang");
        });
        ended.await();
        assertThat(interrupted).isTrue();
    }

    @Test
    void succeeds_at_the_deadline_although_an_attempt_hung_all_the_time() {
        AtomicInteger attempt = new AtomicInteger();

        assertThat(wait.<Integer>until(
                        () -> {
                            if (attempt.incrementAndGet() == 1) {
                                time.hang();
                            }
                            return attempt.get();
                        },
                        is(2)))
                .isEqualTo(2);
        assertThat(time.nanoTime()).isEqualTo(ofSeconds(10).toNanos());
    }

    @Test
    void the_look_at_the_deadline_cannot_hang_for_long_either() {
        assertThatThrownBy(() -> wait.atMost(ofSeconds(4)).until(() -> {
                    time.hang();
                    return true;
                }))
                .hasMessage("""
                        the answer: not within 4 s
                          expected:        is <true>
                          last value:      none, no attempt gave one
                          waited:          6 s, 2 attempts
                          hung:            the attempt begun after 0 ms (attempt 1), see the suppressed exception for where it was
                          hung:            the attempt begun after 4 s (attempt 2), see the suppressed exception for where it was""");
    }

    @Test
    void a_thread_that_ignores_the_interrupt_does_not_hold_up_the_real_clock() {
        CountDownLatch release = new CountDownLatch(1);
        try {
            assertThatThrownBy(() -> Eventually.await("the answer")
                            .atMost(ofMillis(50))
                            .until(() -> {
                                awaitWithoutHeedingInterrupts(release);
                                return true;
                            }))
                    .isInstanceOfSatisfying(NotInTimeError.class, failure -> {
                        assertThat(failure.attempts()).isEqualTo(2);
                        assertThat(failure.elapsed()).isBetween(ofMillis(50), ofSeconds(5));
                    });
        } finally {
            release.countDown();
        }
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_kept() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicBoolean kept = new AtomicBoolean();
        Thread waiting = new Thread(() -> {
            failure.set(catchThrowable(() -> wait.until(() -> {
                looked.countDown();
                new CountDownLatch(1).await();
                return true;
            })));
            kept.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        looked.await();
        waiting.interrupt();
        waiting.join();

        assertThat(failure.get()).isInstanceOf(NotInTimeError.class).hasMessage("""
                        the answer: the wait was interrupted before the limit of 10 s
                          expected:        is <true>
                          last value:      none, no attempt gave one
                          waited:          0 ms, 1 attempt""");
        assertThat(kept).isTrue();
    }

    @Test
    void a_thread_that_is_interrupted_already_does_not_wait_at_all() {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> wait.until(() -> true));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).hasMessage("""
                        the answer: the wait was interrupted before the limit of 10 s
                          expected:        is <true>
                          last value:      none, no attempt gave one
                          waited:          0 ms, 0 attempts""");
    }

    @Test
    void a_clock_that_is_moved_by_hand_does_not_run_backwards() {
        assertThatThrownBy(() -> time.advance(ofMillis(-1))).hasMessage("Time does not run backwards: PT-0.001S");
    }

    private List<Duration> looksOf(Eventually configured) {
        List<Duration> looks = new ArrayList<>();
        long start = time.nanoTime();
        assertThatThrownBy(() -> configured.until(() -> {
                    looks.add(Duration.ofNanos(time.nanoTime() - start));
                    return false;
                }))
                .isInstanceOf(NotInTimeError.class);
        return looks;
    }

    private static void awaitWithoutHeedingInterrupts(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException unheeded) {
                continue; // That is the point.
            }
        }
    }
}
