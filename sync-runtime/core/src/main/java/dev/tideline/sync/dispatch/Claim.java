package dev.tideline.sync.dispatch;

/**
 * A request that this runtime may carry out until its lease ends.
 *
 * @param fence raised by every claim, so that a later claim invalidates this one
 * @param attempts number of claims including this one
 * @param traceparent the trace that the application named for its oldest change; null if it named none
 */
public record Claim(long requestId, String tenant, long fence, int attempts, String traceparent) {}
