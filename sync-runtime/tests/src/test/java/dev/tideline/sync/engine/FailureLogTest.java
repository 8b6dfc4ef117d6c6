package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.error.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureLogTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanoTime = new AtomicLong();
    private final FailureLog log = new FailureLog(lines::add, nanoTime::get);

    private void failed(String target, int failures) {
        log.failed(
                new SyncException(target + ": it is down"), new TargetHealth.Failure(failures, Duration.ofSeconds(1)));
    }

    @Test
    void one_that_keeps_failing_is_logged_less_and_less_often_with_the_number_of_tries() {
        for (int i = 1; i <= 1000; i++) {
            failed("a", i);
        }
        assertThat(lines).hasSize(10).startsWith("a: it is down (try 1, next in 1.00 s)");
        assertThat(lines.get(9)).contains("(try 512, ");
    }

    @Test
    void of_many_that_fail_at_once_a_few_are_named_and_the_others_counted() {
        for (int i = 0; i < 10_000; i++) {
            failed("target " + i, 1);
        }
        assertThat(lines).hasSize(FailureLog.MOST_LINES + 1);
        assertThat(lines.get(FailureLog.MOST_LINES)).contains("only counted for a while");
        log.failed("target 1: the source's fault");
        nanoTime.addAndGet(Duration.ofMinutes(1).toNanos());
        failed("later", 1);
        assertThat(lines)
                .hasSize(FailureLog.MOST_LINES + 3)
                .contains("9951 more failures of external databases; \"status\" lists them")
                .endsWith("later: it is down (try 1, next in 1.00 s)");
    }
}
