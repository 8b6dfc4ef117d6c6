package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.tideline.testkit.time.ManualTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventuallyMessageTest {
    private final ManualTime time = new ManualTime();
    private final Eventually wait = Eventually.await("user appears in the external database")
            .on(time)
            .atMost(ofSeconds(10))
            .pollEvery(ofSeconds(1));

    @Test
    void says_what_was_expected_and_seen_when_nothing_ever_changed() {
        NotInTimeError failure = failureOf(() -> wait.until(() -> List.of(), hasSize(1)));

        assertThat(failure).hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        a collection with size <1>
                          last value:      <[]>
                          difference:      collection size was <0>
                          last changed:    never
                          waited:          10 s, 11 attempts""").hasNoCause();
        assertThat(failure.elapsed()).isEqualTo(ofSeconds(10));
        assertThat(failure.attempts()).isEqualTo(11);
    }

    @Test
    void says_when_the_value_last_changed_and_from_what() {
        Iterator<String> values = List.of("new", "new", "queued").iterator();

        assertThat(failureOf(() -> wait.until(() -> values.hasNext() ? values.next() : "queued", is("sent"))))
                .hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        is "sent"
                          last value:      "queued"
                          last changed:    after 2 s (attempt 3), from "new"
                          waited:          10 s, 11 attempts""");
    }

    @Test
    void notices_that_one_and_the_same_mutable_value_has_changed() {
        List<Integer> growing = new ArrayList<>();
        Callable<List<Integer>> supplier = () -> {
            if (growing.size() < 2) {
                growing.add(growing.size());
            }
            return growing;
        };

        assertThat(failureOf(() -> wait.until(supplier, hasSize(3)))).hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        a collection with size <3>
                          last value:      <[0, 1]>
                          difference:      collection size was <2>
                          last changed:    after 1 s (attempt 2), from <[0]>
                          waited:          10 s, 11 attempts""");
    }

    @Test
    void keeps_the_first_and_the_last_exception_and_the_value_between() {
        Iterator<Callable<Integer>> attempts = List.<Callable<Integer>>of(
                        () -> {
                            throw new IOException("connection refused");
                        },
                        () -> 41,
                        () -> {
                            throw new IllegalStateException("no such table", new IOException("relation is gone"));
                        })
                .iterator();
        NotInTimeError failure = failureOf(
                () -> wait.atMost(ofSeconds(2)).until(() -> attempts.next().call(), is(42)));

        assertThat(failure).hasMessage("""
                        user appears in the external database: not within 2 s
                          expected:        is <42>
                          last value:      <41>
                          waited:          2 s, 3 attempts, 2 of them with an exception
                          first exception: after 0 ms (attempt 1): java.io.IOException: connection refused
                          last exception:  after 2 s (attempt 3): java.lang.IllegalStateException: no such table, caused by java.io.IOException: relation is gone""").hasCauseExactlyInstanceOf(IllegalStateException.class);
        assertThat(failure.getSuppressed()).hasOnlyElementsOfType(IOException.class);
    }

    @Test
    void says_that_no_attempt_gave_a_value() {
        assertThat(failureOf(() -> wait.until(
                        () -> {
                            throw new IOException("connection refused");
                        },
                        is(42))))
                .hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        is <42>
                          last value:      none, no attempt gave one
                          waited:          10 s, 11 attempts, 11 of them with an exception
                          first exception: after 0 ms (attempt 1): java.io.IOException: connection refused
                          last exception:  after 10 s (attempt 11): the same""");
    }

    @Test
    void shows_a_failed_assertion_in_its_own_shape() {
        assertThat(failureOf(() -> wait.untilAsserted(() -> {
                    throw new AssertionError("\nExpecting empty but was:\n  [1, 2]");
                })))
                .hasMessage("""
                        user appears in the external database: not within 10 s
                          waited:          10 s, 11 attempts, 11 of them with an exception
                          first exception: after 0 ms (attempt 1):
                            java.lang.AssertionError:
                            Expecting empty but was:
                              [1, 2]
                          last exception:  after 10 s (attempt 11): the same""");
    }

    @Test
    void shows_the_value_that_assertions_refused() {
        assertThat(failureOf(() -> wait.atMost(ofSeconds(1)).untilAsserted(() -> 41, value -> {
                    throw new AssertionError("not enough");
                })))
                .hasMessage("""
                        user appears in the external database: not within 1 s
                          last value:      <41>
                          last changed:    never
                          waited:          1 s, 2 attempts, 2 of them with an exception
                          first exception: after 0 ms (attempt 1): java.lang.AssertionError: not enough
                          last exception:  after 1 s (attempt 2): the same""");
    }

    @Test
    void names_a_predicate_by_the_words_given_for_it() {
        assertThat(failureOf(() -> wait.until(() -> 7, "an even number", n -> n % 2 == 0)))
                .hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        an even number
                          last value:      <7>
                          last changed:    never
                          waited:          10 s, 11 attempts""");
        assertThat(failureOf(() -> wait.atMost(ofSeconds(0)).until(() -> 7, n -> n % 2 == 0)))
                .hasMessage("""
                        user appears in the external database: not within 0 ms
                          expected:        a value that the predicate accepts
                          last value:      <7>
                          waited:          0 ms, 1 attempt""");
        assertThat(failureOf(() -> wait.until(() -> false))).hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        is <true>
                          last value:      <false>
                          last changed:    never
                          waited:          10 s, 11 attempts""");
    }

    @Test
    void lists_the_near_misses() {
        assertThat(failureOf(() -> wait.nearMisses("subjects that did arrive", () -> List.of("Welcome", "Your code"))
                        .nearMisses(
                                "numbers", () -> IntStream.range(0, 22).boxed().toList())
                        .nearMisses("attachments", List::of)
                        .nearMisses("bounces", () -> {
                            throw new IOException("mailbox is closed");
                        })
                        .until(() -> 0, is(1))))
                .hasMessage("""
                        user appears in the external database: not within 10 s
                          expected:        is <1>
                          last value:      <0>
                          last changed:    never
                          waited:          10 s, 11 attempts
                          near misses:     subjects that did arrive:
                            Welcome
                            Your code
                          near misses:     numbers:
                            <0>
                            <1>
                            <2>
                            <3>
                            <4>
                            <5>
                            <6>
                            <7>
                            <8>
                            <9>
                            <10>
                            <11>
                            <12>
                            <13>
                            <14>
                            <15>
                            <16>
                            <17>
                            <18>
                            <19>
                            … and 2 more
                          near misses:     attachments: none
                          near misses:     bounces: unavailable, java.io.IOException: mailbox is closed""");
    }

    @Test
    void near_misses_that_hang_do_not_hold_up_the_failure() {
        assertThat(failureOf(() -> wait.atMost(ofSeconds(0))
                        .nearMisses("subjects that did arrive", () -> {
                            time.hang();
                            return List.of();
                        })
                        .until(() -> 0, is(1))))
                .hasMessage("""
                        user appears in the external database: not within 0 ms
                          expected:        is <1>
                          last value:      <0>
                          waited:          0 ms, 1 attempt
                          near misses:     subjects that did arrive: unavailable within 2 s""");
    }

    @Test
    void an_interrupt_while_near_misses_are_asked_for_is_said_and_kept() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicBoolean kept = new AtomicBoolean();
        AtomicReference<NotInTimeError> failure = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            failure.set(failureOf(() -> wait.atMost(ofSeconds(0))
                    .nearMisses("subjects that did arrive", () -> {
                        asked.countDown();
                        new CountDownLatch(1).await();
                        return List.of();
                    })
                    .until(() -> 0, is(1))));
            kept.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        asked.await();
        waiting.interrupt();
        waiting.join();

        assertThat(failure.get()).hasMessage("""
                        user appears in the external database: not within 0 ms
                          expected:        is <1>
                          last value:      <0>
                          waited:          0 ms, 1 attempt
                          near misses:     subjects that did arrive: unavailable, interrupted""");
        assertThat(kept).isTrue();
    }

    @Test
    void cuts_a_huge_value() {
        assertThat(failureOf(() -> wait.atMost(ofMillis(500)).until(() -> "x".repeat(5_000), is("y"))))
                .hasMessage("""
                        user appears in the external database: not within 500 ms
                          expected:        is "y"
                          last value:      "%s… (5,002 characters)
                          last changed:    never
                          waited:          500 ms, 2 attempts""".formatted("x".repeat(1_999)));
    }

    private static NotInTimeError failureOf(ThrowingCallable wait) {
        NotInTimeError failure = catchThrowableOfType(NotInTimeError.class, wait);
        assertThat(failure).isNotNull();
        return failure;
    }
}
