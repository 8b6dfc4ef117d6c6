package dev.tideline.mail.store;

import java.time.Duration;

/**
 * The limits of a {@link MailStore}. Beyond a limit the oldest message is deleted; mail is never rejected because the
 * store is full.
 *
 * @param messagesPerMailbox at least 1, default 500
 * @param maximumAge at which a message is deleted; more than zero, default 24 hours
 * @param totalBytes bytes of all mailboxes together, including the overhead of each message; at least 64 KiB, default
 *     64 MiB or a quarter of the heap, whichever is less
 */
public record StoreLimits(int messagesPerMailbox, Duration maximumAge, long totalBytes) {

    private static final long SMALLEST_TOTAL = 64 * 1024;
    private static final long DEFAULT_TOTAL = 64L * 1024 * 1024;

    /** Rejects limits under which no message could be stored. */
    public StoreLimits {
        if (messagesPerMailbox < 1) {
            throw new IllegalArgumentException(
                    "messagesPerMailbox is " + messagesPerMailbox + "; a mailbox holds at least 1 message");
        }
        if (maximumAge.isNegative() || maximumAge.isZero()) {
            throw new IllegalArgumentException("maximumAge is " + maximumAge + "; it must be more than zero");
        }
        if (totalBytes < SMALLEST_TOTAL) {
            throw new IllegalArgumentException(
                    "totalBytes is " + totalBytes + "; the store needs at least " + SMALLEST_TOTAL);
        }
    }

    public static StoreLimits defaults() {
        long quarterOfHeap = Math.max(SMALLEST_TOTAL, Runtime.getRuntime().maxMemory() / 4);
        return new StoreLimits(500, Duration.ofHours(24), Math.min(DEFAULT_TOTAL, quarterOfHeap));
    }

    public StoreLimits withMessagesPerMailbox(int messages) {
        return new StoreLimits(messages, maximumAge, totalBytes);
    }

    public StoreLimits withMaximumAge(Duration age) {
        return new StoreLimits(messagesPerMailbox, age, totalBytes);
    }

    public StoreLimits withTotalBytes(long bytes) {
        return new StoreLimits(messagesPerMailbox, maximumAge, bytes);
    }
}
