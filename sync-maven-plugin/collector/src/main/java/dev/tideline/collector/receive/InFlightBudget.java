package dev.tideline.collector.receive;

import java.util.concurrent.atomic.AtomicLong;

/** Bounds the memory of all requests that are being read at the same time. Thread-safe. */
final class InFlightBudget {

    private final long limit;
    private final AtomicLong used = new AtomicLong();

    InFlightBudget(long limitBytes) {
        this.limit = limitBytes;
    }

    Charge open() {
        return new Charge();
    }

    /** What one request occupies; not thread-safe itself. */
    final class Charge implements AutoCloseable {

        private long held;

        /**
         * Reserves {@code bytes} more.
         *
         * @throws RefusedException 413 if the request alone exceeds the limit, 503 if the others occupy it now
         */
        void take(long bytes) throws RefusedException {
            if (held + bytes > limit) {
                throw RefusedException.tooLarge(
                        "the request needs more than " + limit + " bytes of memory when decoded; send smaller batches");
            }
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                throw RefusedException.busy();
            }
            held += bytes;
        }

        void give(long bytes) {
            held -= bytes;
            used.addAndGet(-bytes);
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
