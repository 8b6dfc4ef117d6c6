package dev.tideline.sync.status;

/**
 * How much there was per second, on average.
 *
 * @param now over the last 10 s; null, as the others, where nobody has watched for two seconds
 */
record Rates(Double now, Double lastMinute, Double lastFiveMinutes) {}
