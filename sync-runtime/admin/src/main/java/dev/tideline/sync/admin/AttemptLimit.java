package dev.tideline.sync.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the wrong tokens that one address may try: a few at once, and then one from time to time. While an address has
 * no try left, the right token is refused too; otherwise guessing would be free. Safe for use by many threads.
 */
final class AttemptLimit {

    private static final int ADDRESSES = 10_000;

    private final int most;
    private final long oneEvery;
    private final LongSupplier clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(); // guarded by this

    private record Bucket(double used, long at) {}

    /** @param clock a monotonic one, in nanoseconds */
    AttemptLimit(int most, Duration oneEvery, LongSupplier clock) {
        this.most = most;
        this.oneEvery = oneEvery.toNanos();
        this.clock = clock;
    }

    /** Seconds until an address may try again; 0 if it may now. */
    synchronized long wait(String address) {
        double used = used(address);
        return used > most - 1 ? (long) Math.ceil((used - (most - 1)) * oneEvery / 1e9) : 0;
    }

    /** Records a failed try. */
    synchronized void failed(String address) {
        double used = used(address);
        buckets.remove(address);
        if (buckets.size() >= ADDRESSES) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        buckets.put(address, new Bucket(Math.min(used + 1, most), clock.getAsLong()));
    }

    private double used(String address) {
        Bucket bucket = buckets.get(address);
        return bucket == null ? 0 : Math.max(0, bucket.used() - (double) (clock.getAsLong() - bucket.at()) / oneEvery);
    }
}
