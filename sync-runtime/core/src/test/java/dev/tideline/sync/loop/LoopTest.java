package dev.tideline.sync.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {

    @Test
    void a_loop_goes_on_after_an_error_of_any_kind() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        Pass pass = () -> {
            switch (passes.incrementAndGet()) {
                case 1 -> throw new OutOfMemoryError("as if");
                case 2 -> throw new StackOverflowError("as if");
                case 3 -> throw new IllegalStateException("as if");
                default -> {
                    return new Pass.Next.Idle();
                }
            }
        };
        Pace pace = new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Pace.NO_MATTER);
        try (Loop loop = Loop.start("test", pass, pace, new Signal())) {
            assertThat(Await.until(
                            () -> passes.get() > 4 && loop.lastFailure() == null,
                            Duration.ofMillis(5),
                            Duration.ofSeconds(20)))
                    .isTrue();
        }
    }
}
