package dev.tideline.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.is;

import dev.tideline.testkit.time.ManualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyGivesUpTest {
    private final ManualTime time = new ManualTime();
    private final Eventually wait = Eventually.await("import is done").on(time).pollEvery(ofSeconds(1));

    @Test
    void fails_fast_when_going_on_is_pointless() {
        AtomicInteger state = new AtomicInteger();

        assertThatThrownBy(() -> wait.failFast("the import was cancelled", () -> state.get() == 3)
                        .until(state::incrementAndGet, is(5)))
                .hasMessage("""
                    import is done: gave up before the limit of 10 s: the import was cancelled
                      expected:        is <5>
                      last value:      <3>
                      last changed:    after 2 s (attempt 3), from <2>
                      waited:          2 s, 3 attempts\
                    """);
    }

    @Test
    void an_exception_whose_message_throws_is_named_by_its_class() {
        class Mute extends IOException {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        }
        assertThatThrownBy(() -> wait.atMost(ofSeconds(1)).until(() -> {
                    throw new IOException("outer", new Mute());
                }))
                .isInstanceOf(NotInTimeError.class)
                .message()
                .contains("exception: after 0 ms (attempt 1): java.io.IOException: outer, caused by "
                        + Mute.class.getName()
                        + " (what it says of itself cannot be had: java.lang.IllegalStateException)");
    }

    @Test
    void a_limit_of_for_ever_is_one() {
        assertThatThrownBy(() -> wait.atMost(ChronoUnit.FOREVER.getDuration())
                        .failFast("the import was cancelled", () -> true)
                        .until(() -> 1, is(2)))
                .isInstanceOf(NotInTimeError.class)
                .hasMessageStartingWith(
                        "import is done: gave up before the limit of 36500 days: the import was cancelled");
    }

    @Test
    void success_beats_the_fail_fast_condition() {
        wait.failFast("never", () -> true).until(() -> true);
    }

    @Test
    void a_fail_fast_condition_that_throws_is_an_exception_like_others() {
        assertThatThrownBy(() -> wait.atMost(ofSeconds(1))
                        .failFast("no process", () -> {
                            throw new IOException("cannot list processes");
                        })
                        .until(() -> 1, is(2)))
                .hasMessage("""
                    import is done: not within 1 s
                      expected:        is <2>
                      last value:      <1>
                      last changed:    never
                      waited:          1 s, 2 attempts, 2 of them with an exception
                      first exception: after 0 ms (attempt 1): java.io.IOException: cannot list processes
                      last exception:  after 1 s (attempt 2): the same\
                    """);
    }

    @Test
    void an_exception_declared_incurable_ends_the_wait() {
        assertThatThrownBy(() -> wait.failOn(IOException.class).until(() -> {
                    throw new FileNotFoundException("import.csv");
                }))
                .hasMessage("""
                    import is done: gave up before the limit of 10 s: no further attempt can cure this exception
                      expected:        is <true>
                      last value:      none, no attempt gave one
                      waited:          0 ms, 1 attempt, 1 of them with an exception
                      exception:       after 0 ms (attempt 1): java.io.FileNotFoundException: import.csv\
                    """)
                .hasCauseExactlyInstanceOf(FileNotFoundException.class);
    }

    @Test
    void an_error_ends_the_wait() {
        assertThatThrownBy(() -> wait.until(() -> {
                    throw new NoClassDefFoundError("app/Importer");
                }))
                .hasMessage("""
                    import is done: gave up before the limit of 10 s: no further attempt can cure this exception
                      expected:        is <true>
                      last value:      none, no attempt gave one
                      waited:          0 ms, 1 attempt, 1 of them with an exception
                      exception:       after 0 ms (attempt 1): java.lang.NoClassDefFoundError: app/Importer\
                    """)
                .hasCauseExactlyInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void refuses_settings_that_make_no_sense() {
        assertThatThrownBy(() -> Eventually.await(" "))
                .hasMessage("Say what is awaited: it is the first line of the failure");
        assertThatThrownBy(() -> wait.atMost(ofSeconds(-1))).hasMessage("A wait cannot last less than no time: PT-1S");
        assertThatThrownBy(() -> wait.pollEvery(Duration.ZERO))
                .hasMessage("The pause between two attempts must be above zero, not PT0S");
        assertThatThrownBy(() -> wait.during(Duration.ZERO)).hasMessage("The window must be above zero");
        assertThatThrownBy(() -> wait.atMost(ofSeconds(2)).during(ofSeconds(1)))
                .hasMessage("during(1 s) lasts as long as its window: leave out atMost(2 s)");
    }
}
