package dev.tideline.sync.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final Duration MOST = Duration.ofHours(1);

    private static Backoff from(Duration first) {
        return new Backoff(first, MOST, () -> 0.999_999);
    }

    @Test
    void a_delay_doubles_with_every_failure() {
        Backoff backoff = from(Duration.ofSeconds(5));
        assertThat(backoff.delay(1)).isBetween(Duration.ofMillis(4999), Duration.ofSeconds(5));
        assertThat(backoff.delay(4)).isBetween(Duration.ofMillis(39_999), Duration.ofSeconds(40));
    }

    @Test
    void a_delay_is_never_shorter_than_the_one_before_until_it_is_the_longest() {
        for (Duration first : new Duration[] {Duration.ofNanos(1), Duration.ofSeconds(5), Duration.ofDays(3)}) {
            Duration before = Duration.ZERO;
            for (int failures = 1; failures <= 200; failures++) {
                Duration delay = from(first).delay(failures);
                assertThat(delay).as(first + ", " + failures).isBetween(before, MOST);
                before = delay;
            }
            assertThat(before).as(first.toString()).isGreaterThan(MOST.minusSeconds(1));
        }
    }
}
