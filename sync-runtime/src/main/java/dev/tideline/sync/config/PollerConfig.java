package dev.tideline.sync.config;

import java.time.Duration;

/**
 * The pace of the poller.
 *
 * @param interval pause between polls under load; default 50 ms, minimum 1 ms
 * @param claimLimit requests claimed at once; default 1,000, minimum 1
 * @param lease how long a claim holds without being renewed; default 60 s, minimum 1 s
 */
public record PollerConfig(Duration interval, int claimLimit, Duration lease) {

    public static final PollerConfig DEFAULT = new PollerConfig(Duration.ofMillis(50), 1_000, Duration.ofSeconds(60));
}
