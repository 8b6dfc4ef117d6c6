package dev.tideline.mail.smtp;

import java.util.concurrent.Semaphore;

/**
 * Bounds the total size of messages being received, so that a hundred senders of large mail cannot fill the heap before
 * the store sees a byte. Thread-safe.
 */
final class InFlightBytes {

    private static final int KILOBYTE = 1024;

    private final Semaphore kilobytes;

    InFlightBytes(long bytes) {
        kilobytes = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / KILOBYTE)));
    }

    /** Reserves this many kilobytes, if available. Never waits: the sender is told to retry. */
    boolean take(int amount) {
        return kilobytes.tryAcquire(amount);
    }

    void giveBack(int amount) {
        kilobytes.release(amount);
    }
}
