package dev.tideline.sync.status;

/**
 * Average rates per second.
 *
 * @param now over the last 10 s; each rate is null until it has been observed for two seconds
 */
record Rates(Double now, Double lastMinute, Double lastFiveMinutes) {}
