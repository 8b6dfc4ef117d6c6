package dev.tideline.sync.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    @Test
    void few_changes_leave_the_bell_on_and_many_are_gathered_for_an_interval_and_very_many_for_four() throws Exception {
        assertThat(waitAt(20)).isEqualTo(INTERVAL);
        assertThat(waitAt(1_000)).isEqualTo(INTERVAL.minusMillis(10));
        assertThat(waitAt(3_000)).isEqualTo(INTERVAL.multipliedBy(4).minusMillis(10));
    }

    /** After two seconds of passes, ten a second, that take 10 ms each. */
    private static Duration waitAt(long perSecond) throws Exception {
        Pace pace = new Pace(INTERVAL, Duration.ofSeconds(1), Pace.NO_MATTER);
        Duration wait = null;
        for (long started = 0; started <= 2_000; started += 100) {
            wait = pace.after(
                    new Pass.Next.Busy(perSecond / 10, false),
                    Duration.ofMillis(started).toNanos(),
                    Duration.ofMillis(started + 10).toNanos());
        }
        return wait;
    }
}
