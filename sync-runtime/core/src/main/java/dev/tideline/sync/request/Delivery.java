package dev.tideline.sync.request;

/**
 * A claimed request.
 *
 * @param fence raised by every claim; a later one makes this one worthless
 * @param attempt how often it was claimed, this time included
 * @param traceparent the trace that it was enqueued in, as the application named it; null if it did not
 */
record Delivery(long requestId, long fence, int attempt, String sender, Message message, String traceparent) {

    /** What came of it, and what should become of the request: it is tried again after a while, or dead. */
    record Ended(Delivery delivery, Outcome outcome, long retryMillis, boolean dead) {}
}
