package dev.tideline.sync.dispatch;

/**
 * A request that this runtime may carry out until its lease ends.
 *
 * @param fence raised by every claim; a later one makes this one worthless
 * @param attempts how often it was claimed, this time included
 * @param traceparent the trace that its oldest change was written in, as the application named it; null if it did not
 */
public record Claim(long requestId, String tenant, long fence, int attempts, String traceparent) {}
