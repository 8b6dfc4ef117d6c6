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
        private final CountDownLatch othersWait = new CountDownLatch(1);
        private volatile boolean outside;
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
        public boolean outside() {
            return outside;
        }

        @Override
        public void watch(Lanes.Pressure pressure) {
            if (pressure == Lanes.Pressure.CROWDED) {
                crowded.countDown();
            }
            if (pressure == Lanes.Pressure.OTHERS_WAIT) {
                othersWait.countDown();
            }
        }
    }

    private static boolean soon(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }

    @Test
    void jobs_that_hang_leave_the_fast_lane_to_the_others() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 2, 1, Duration.ofMillis(20))) {
            Hanging first = new Hanging(go);
            Hanging second = new Hanging(go);
            Hanging third = new Hanging(new CountDownLatch(0));
            lanes.submit(first, Lanes.Lane.FAST, false);
            lanes.submit(second, Lanes.Lane.FAST, false);
            lanes.submit(third, Lanes.Lane.FAST, false);
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
        try (Lanes lanes = new Lanes(1, 1, 1, Duration.ofHours(1))) {
            Hanging slow = new Hanging(go);
            Hanging queued = new Hanging(go);
            lanes.submit(slow, Lanes.Lane.SLOW, false);
            lanes.submit(queued, Lanes.Lane.SLOW, false);
            assertThat(queued.left.getCount())
                    .as("nobody waits for a place either")
                    .isZero();
            Hanging fast = new Hanging(new CountDownLatch(0));
            lanes.submit(fast, Lanes.Lane.FAST, false);
            assertThat(soon(fast.ran)).isTrue();
            assertThat(queued.ran.getCount()).as("one place").isEqualTo(1);
            go.countDown();
            assertThat(soon(queued.ran)).isTrue();
        }
    }

    @Test
    void one_that_finds_the_slow_lane_full_is_told_so() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, 1, Duration.ofMillis(20))) {
            lanes.submit(new Hanging(go), Lanes.Lane.SLOW, false);
            Hanging crowded = new Hanging(go);
            lanes.submit(crowded, Lanes.Lane.FAST, false);
            assertThat(soon(crowded.crowded)).isTrue();
            assertThat(crowded.left.getCount()).isEqualTo(1);
            go.countDown();
            assertThat(lanes.drain(Duration.ofSeconds(20))).isTrue();
        }
    }

    private static Hanging outside(CountDownLatch go) {
        Hanging job = new Hanging(go);
        job.outside = true;
        return job;
    }

    @Test
    void jobs_that_are_not_let_in_leave_the_slow_lane_to_those_that_work() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, 2, Duration.ofMillis(20))) {
            Hanging first = outside(go);
            Hanging second = outside(go);
            lanes.submit(first, Lanes.Lane.FAST, false);
            lanes.submit(second, Lanes.Lane.FAST, false);
            assertThat(soon(first.left)).isTrue();
            assertThat(soon(second.left)).isTrue();
            Hanging slow = new Hanging(new CountDownLatch(0));
            lanes.submit(slow, Lanes.Lane.SLOW, false);
            assertThat(soon(slow.ran)).isTrue();
            go.countDown();
            assertThat(lanes.drain(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void one_at_the_door_is_crowded_once_others_cannot_be_tried_for_it() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, 1, Duration.ofMillis(20))) {
            Hanging atTheDoor = outside(go);
            lanes.submit(atTheDoor, Lanes.Lane.FAST, false);
            assertThat(soon(atTheDoor.left)).isTrue();
            assertThat(atTheDoor.crowded.getCount())
                    .as("nobody wants its place")
                    .isEqualTo(1);
            lanes.submit(outside(go), Lanes.Lane.FAST, false);
            lanes.submit(new Hanging(go), Lanes.Lane.FAST, false);
            assertThat(soon(atTheDoor.crowded)).isTrue();
            go.countDown();
            assertThat(lanes.drain(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void one_that_works_for_long_is_told_that_others_wait() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, 1, Duration.ofMillis(20))) {
            Hanging works = new Hanging(go);
            lanes.submit(works, Lanes.Lane.SLOW, false);
            lanes.submit(new Hanging(go), Lanes.Lane.SLOW, false);
            assertThat(soon(works.othersWait)).isTrue();
            go.countDown();
            assertThat(lanes.drain(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void one_that_is_known_to_answer_goes_before_those_that_wait() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1, 1, Duration.ofHours(1))) {
            lanes.submit(new Hanging(go), Lanes.Lane.FAST, false);
            Hanging waits = new Hanging(new CountDownLatch(1));
            Hanging answers = new Hanging(new CountDownLatch(0));
            lanes.submit(waits, Lanes.Lane.FAST, false);
            lanes.submit(answers, Lanes.Lane.FAST, true);
            go.countDown();
            assertThat(soon(answers.ran)).isTrue();
            assertThat(soon(waits.ran)).isTrue();
        }
    }
}
