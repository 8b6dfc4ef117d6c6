package dev.tideline.testkit;

import java.time.Duration;

/**
 * Divides the time left for an attempt between requests to a server that can wait by itself. A request gives up a
 * little before the attempt is cut off, so that a silent server is reported as such and not as an attempt that hung;
 * the server gives up well before its request does, since a busy machine may take its time over the answer.
 *
 * @param left for the attempt; zero means the last look, which asks for the current state without waiting
 */
record WaitBudget(Duration left) {
    /** A shorter wait at the server is not worth its while. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration WAY_BACK = Duration.ofSeconds(1);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);
    private static final Duration SHORTEST_REQUEST = Duration.ofSeconds(1);
    /** A little less than {@link WaitSettings#LAST_CHECK}. */
    private static final Duration LAST_REQUEST = Duration.ofMillis(1_800);

    boolean isWorthWaiting() {
        return left.compareTo(SHORTEST_WAIT) >= 0;
    }

    /** How long the server may wait: all but a second, or half of what is left, but at most 20 s. */
    Duration atServer() {
        return min(max(left.minus(WAY_BACK), left.dividedBy(2)), LONGEST_WAIT);
    }

    /** The limit of a request in which the server waits. */
    Duration waitingRequest() {
        return min(left.multipliedBy(19).dividedBy(20), atServer().plus(LONGEST_REQUEST));
    }

    /** The limit of a request for the current state. */
    Duration plainRequest() {
        return left.isZero()
                ? LAST_REQUEST
                : max(min(left.multipliedBy(9).dividedBy(10), LONGEST_REQUEST), SHORTEST_REQUEST);
    }

    static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? b : a;
    }
}
