package dev.tideline.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.testkit.time.ManualTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Alone, since a deadlock of this JVM would stand in the failures of every other test. */
@Isolated
class DeadlockTest {

    @Test
    void a_failure_names_the_threads_that_wait_for_each_other_and_shows_where() throws InterruptedException {
        Lock books = new ReentrantLock();
        Lock stock = new ReentrantLock();
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        List<Thread> threads = List.of(
                new Thread(() -> takeBoth(stock, books, bothHoldOne), "delivery"),
                new Thread(() -> takeBoth(books, stock, bothHoldOne), "accounting"));
        threads.forEach(Thread::start);
        try {
            Eventually.await("a deadlock").until(() -> Deadlock.now().threads().size() == 2);

            Throwable failure = catchThrowable(() -> Eventually.await("order 1 is delivered")
                    .on(new ManualTime())
                    .atMost(ofSeconds(0))
                    .until(() -> false));

            assertThat(failure).hasMessage("""
                            order 1 is delivered: not within 0 ms
                              expected:        is <true>
                              last value:      <false>
                              waited:          0 ms, 1 attempt
                              deadlock:        accounting waits for java.util.concurrent.locks.ReentrantLock$NonfairSync, which delivery holds; delivery waits for java.util.concurrent.locks.ReentrantLock$NonfairSync, which accounting holds""");
            assertThat(failure.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("the thread accounting was here", "the thread delivery was here");
            assertThat(failure.getSuppressed())
                    .allSatisfy(stuck -> assertThat(stuck.getStackTrace())
                            .extracting(StackTraceElement::getMethodName)
                            .contains("takeBoth"));
        } finally {
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join();
            }
        }
    }

    private static void takeBoth(Lock first, Lock second, CountDownLatch bothHoldOne) {
        first.lock();
        try {
            bothHoldOne.countDown();
            bothHoldOne.await();
            second.lockInterruptibly();
            second.unlock();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The test is over.
        } finally {
            first.unlock();
        }
    }
}
