package dev.tideline.sync.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {

    private static final Pace PACE = new Pace(Duration.ofMillis(1), Duration.ofMillis(1), Pace.NO_MATTER);

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
        try (Loop loop = Loop.start("test", pass, PACE, new Signal())) {
            await(() -> passes.get() > 4 && loop.lastFailure() == null);
        }
    }

    @Test
    void a_loop_goes_on_when_telling_of_a_failure_fails_and_when_its_thread_is_interrupted() throws Exception {
        AtomicInteger passes = new AtomicInteger();
        Pass pass = () -> {
            switch (passes.incrementAndGet()) {
                case 1 ->
                    throw new IllegalStateException() {
                        @Override
                        public String toString() {
                            throw new OutOfMemoryError("no room for a message");
                        }
                    };
                case 2 -> throw new InterruptedException("by somebody else");
                default -> {
                    return new Pass.Next.Idle();
                }
            }
        };
        try (Loop loop = Loop.start("test", pass, PACE, new Signal())) {
            await(() -> passes.get() > 4);
            assertThat(loop.trouble()).isEmpty();
        }
    }

    @Test
    void a_loop_without_memory_is_in_trouble_for_as_long_as_that_lasts() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        Pass pass = () -> {
            if (full.get()) {
                throw new OutOfMemoryError("Java heap space");
            }
            return new Pass.Next.Idle();
        };
        try (Loop loop = Loop.start("test", pass, PACE, new Signal())) {
            await(() ->
                    loop.trouble().equals(Optional.of("the test fails: java.lang.OutOfMemoryError: Java heap space")));
            full.set(false);
            await(() -> loop.trouble().isEmpty());
        }
    }

    private static void await(Await.Condition condition) throws Exception {
        assertThat(Await.until(condition, Duration.ofMillis(5), Duration.ofSeconds(20)))
                .isTrue();
    }
}
