package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.tideline.testkit.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DuringTest {
    private final ManualTime time = new ManualTime();
    private final During check = Eventually.await("no welcome mail")
            .on(time)
            .pollEvery(ofMillis(250))
            .during(ofSeconds(1));

    @Test
    void looks_throughout_the_window_and_at_its_end() {
        AtomicInteger looks = new AtomicInteger();

        check.never(() -> looks.incrementAndGet() > 5);

        assertThat(looks).hasValue(5);
        assertThat(time.nanoTime()).isEqualTo(ofSeconds(1).toNanos());
    }

    @Test
    void fails_at_the_first_look_that_finds_it() {
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> check.never(
                        () -> looks.incrementAndGet() < 3 ? List.of("Hello") : List.of("Hello", "Welcome"),
                        hasItem("Welcome")))
                .isInstanceOf(NotInTimeError.class)
                .hasMessage("""
                        no welcome mail: did not hold throughout 1 s
                          expected:        not a collection containing "Welcome"
                          last value:      <[Hello, Welcome]>
                          last changed:    after 500 ms (attempt 3), from <[Hello]>
                          waited:          500 ms, 3 attempts""");
    }

    @Test
    void what_comes_at_the_last_moment_is_found() {
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> check.always(() -> looks.incrementAndGet() < 5, is(true)))
                .hasMessage("""
                        no welcome mail: did not hold throughout 1 s
                          expected:        is <true>
                          last value:      <false>
                          last changed:    after 1 s (attempt 5), from <true>
                          waited:          1 s, 5 attempts""");
    }

    @Test
    void a_look_that_fails_proves_nothing() {
        assertThatThrownBy(() -> check.asserted(() -> {
                    throw new IllegalStateException("mailbox is closed");
                }))
                .hasMessage("""
                        no welcome mail: unknown for the whole of 1 s, because a check failed
                          waited:          0 ms, 1 attempt, 1 of them with an exception
                          exception:       after 0 ms (attempt 1): java.lang.IllegalStateException: mailbox is closed""");
    }

    @Test
    void a_look_that_hangs_to_the_end_proves_nothing() {
        assertThatThrownBy(() -> check.always(() -> {
                    time.hang();
                    return true;
                }))
                .hasMessage("""
                        no welcome mail: unknown for the whole of 1 s, because a check failed
                          expected:        is <true>
                          last value:      none, no attempt gave one
                          waited:          3 s, 2 attempts
                          hung:            the attempt begun after 0 ms (attempt 1), see the suppressed exception for where it was
                          hung:            the attempt begun after 1 s (attempt 2), see the suppressed exception for where it was""");
    }

    @Test
    void returns_the_last_value() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(check.never(looks::incrementAndGet, is(9))).isEqualTo(5);
    }

    @Test
    void its_time_counts_as_an_absence_window() {
        long count = AbsenceWindows.count();
        Duration total = AbsenceWindows.total();

        check.never(() -> false);

        // Other tests of this process add theirs meanwhile.
        assertThat(AbsenceWindows.count()).isGreaterThan(count);
        assertThat(AbsenceWindows.total()).isGreaterThanOrEqualTo(total.plusSeconds(1));
    }
}
