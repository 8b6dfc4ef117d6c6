package dev.tideline.sync.request;

/**
 * A claimed request.
 *
 * @param fence raised by every claim, so that a later claim invalidates this one
 * @param attempt number of claims including this one
 * @param traceparent the trace that the application named when it enqueued the request; null if it named none
 */
record Delivery(long requestId, long fence, int attempt, String sender, Message message, String traceparent) {

    /** The outcome of a delivery, and what happens to the request: it is tried again after a while, or dead. */
    record Ended(Delivery delivery, Outcome outcome, long retryMillis, boolean dead) {}
}
