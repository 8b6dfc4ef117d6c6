package dev.tideline.sync.verify;

import dev.tideline.sync.verify.VerifyListener.Phase;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Distinguishes real differences from rows in flight, and waits for the latter within a limit. Holds at most {@value
 * #MOST_WAITING} keys. Used by one thread.
 */
final class DifferenceResolver {

    private static final int BATCH = 500;
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_BATCHES = 200;

    private final Function<List<RowKey>, PendingKeys> keysOf;
    private final Differences differences;
    private final Consumer<List<RowDifference>> found;
    private final Verifier.Pause pause;
    private final LongSupplier nanoTime;
    private final VerifyListener listener;
    private final Deque<PendingKeys> waiting = new ArrayDeque<>();
    private List<RowKey> batch = new ArrayList<>();
    private long nanosLeft;

    /**
     * @param found receives the confirmed differences, batch by batch
     */
    DifferenceResolver(
            Function<List<RowKey>, PendingKeys> keysOf,
            Differences differences,
            Consumer<List<RowDifference>> found,
            Verifier.Pause pause,
            LongSupplier nanoTime,
            Duration limit,
            VerifyListener listener) {
        this.keysOf = keysOf;
        this.differences = differences;
        this.found = found;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.nanosLeft = limit.toNanos();
        this.listener = listener;
    }

    void add(RowKey key) throws InterruptedException {
        if (!key.complete()) {
            publish(List.of(differences.of(key, null, null)));
            return;
        }
        batch.add(key);
        if (batch.size() >= BATCH) {
            checkBatch();
        }
    }

    /** Decides on all keys that are left. */
    void finish() throws InterruptedException {
        checkBatch();
        while (!waiting.isEmpty()) {
            waitAndCheck();
        }
    }

    private void checkBatch() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        PendingKeys pending = keysOf.apply(batch);
        batch = new ArrayList<>();
        round(pending);
        if (pending.size() > 0) {
            round(pending);
        }
        if (pending.size() > 0) {
            waiting.add(pending);
        }
        while (waiting.size() > MOST_BATCHES || keysWaiting() > MOST_WAITING) {
            waitAndCheck();
        }
    }

    private void waitAndCheck() throws InterruptedException {
        if (nanosLeft <= 0) {
            giveUp();
            return;
        }
        listener.progress(Phase.SETTLE, Side.SOURCE, keysWaiting(), keysWaiting());
        long began = nanoTime.getAsLong();
        pause.pause();
        for (Iterator<PendingKeys> all = waiting.iterator(); all.hasNext(); ) {
            PendingKeys pending = all.next();
            round(pending);
            if (pending.size() == 0) {
                all.remove();
            }
        }
        nanosLeft -= nanoTime.getAsLong() - began;
    }

    private void round(PendingKeys pending) {
        List<RowDifference> confirmed = new ArrayList<>();
        pending.round((key, rows) -> confirmed.add(differences.of(key, rows.getKey(), rows.getValue())));
        publish(confirmed.isEmpty() ? confirmed : withParked(pending, confirmed));
    }

    private static List<RowDifference> withParked(PendingKeys pending, List<RowDifference> confirmed) {
        Set<RowKey> parked =
                pending.parked(confirmed.stream().map(RowDifference::key).toList());
        return confirmed.stream()
                .map(row -> parked.contains(row.key())
                        ? new RowDifference(RowDifference.Kind.PARKED, row.key(), row.columns())
                        : row)
                .toList();
    }

    private void giveUp() {
        for (PendingKeys pending : waiting) {
            publish(pending.keys().stream()
                    .map(key -> new RowDifference(RowDifference.Kind.UNSETTLED, key, List.of()))
                    .toList());
        }
        waiting.clear();
    }

    private void publish(List<RowDifference> rows) {
        if (!rows.isEmpty()) {
            differences.count(rows);
            found.accept(rows);
        }
    }

    private int keysWaiting() {
        return waiting.stream().mapToInt(PendingKeys::size).sum();
    }
}
