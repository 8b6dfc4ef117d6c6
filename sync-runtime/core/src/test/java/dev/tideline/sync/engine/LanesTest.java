package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {

    /** Hangs until it is let go. */
    private static final class Hanging implements Lanes.Job {
        private final CountDownLatch go;
        private final CountDownLatch left = new CountDownLatch(1);
        private final CountDownLatch crowded = new CountDownLatch(1);
        private final CountDownLatch ran = new CountDownLatch(1);
        private final AtomicInteger timesLeft = new AtomicInteger();

        Hanging(CountDownLatch go) {
            this.go = go;
        }

        @Override
        public void run() {
            ran.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void leftBehind() {
            timesLeft.incrementAndGet();
            left.countDown();
        }

        @Override
        public void watch(boolean isCrowded) {
            if (isCrowded) {
                crowded.countDown();
            }
        }
    }

    private static boolean soon(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }

    @Test
    void jobs_that_hang_leave_the_fast_lane_to_the_others() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 2, Duration.ofMillis(20))) {
            Hanging first = new Hanging(go);
            Hanging second = new Hanging(go);
            Hanging third = new Hanging(new CountDownLatch(0));
            lanes.submit(first, false);
            lanes.submit(second, false);
            lanes.submit(third, false);
            assertThat(soon(first.left)).isTrue();
            assertThat(soon(second.left)).isTrue();
            assertThat(soon(third.ran)).isTrue();
            go.countDown();
            assertThat(lanes.drain(Duration.ofSeconds(20))).isTrue();
            assertThat(first.timesLeft).hasValue(1);
        }
    }

    @Test
    void a_job_known_to_be_slow_is_left_behind_at_once_and_takes_no_fast_place() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, Duration.ofHours(1))) {
            Hanging slow = new Hanging(go);
            Hanging queued = new Hanging(go);
            lanes.submit(slow, true);
            lanes.submit(queued, true);
            assertThat(queued.left.getCount())
                    .as("nobody waits for a place either")
                    .isZero();
            Hanging fast = new Hanging(new CountDownLatch(0));
            lanes.submit(fast, false);
            assertThat(soon(fast.ran)).isTrue();
            assertThat(queued.ran.getCount()).as("one place").isEqualTo(1);
            go.countDown();
            assertThat(soon(queued.ran)).isTrue();
        }
    }

    @Test
    void one_that_finds_the_slow_lane_full_is_told_so() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, Duration.ofMillis(20))) {
            lanes.submit(new Hanging(go), true);
            Hanging crowded = new Hanging(go);
            lanes.submit(crowded, false);
            assertThat(soon(crowded.crowded)).isTrue();
            assertThat(crowded.left.getCount()).isEqualTo(1);
            go.countDown();
            assertThat(lanes.drain(Duration.ofSeconds(20))).isTrue();
        }
    }
}
