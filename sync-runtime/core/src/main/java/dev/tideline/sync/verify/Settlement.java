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
final class Settlement {

    private static final int BATCH = 500;
    private static final int MOST_WAITING = 20_000;
    private static final int MOST_BATCHES = 200;

    private final Function<List<RowKey>, Suspects> suspects;
    private final Differences differences;
    private final Consumer<List<RowDifference>> found;
    private final Pause pause;
    private final LongSupplier nanoTime;
    private final VerifyListener listener;
    private final Deque<Suspects> waiting = new ArrayDeque<>();
    private List<RowKey> batch = new ArrayList<>();
    private long nanosLeft;

    /**
     * @param found receives the confirmed differences, batch by batch
     */
    Settlement(
            Function<List<RowKey>, Suspects> suspects,
            Differences differences,
            Consumer<List<RowDifference>> found,
            Pause pause,
            LongSupplier nanoTime,
            Duration limit,
            VerifyListener listener) {
        this.suspects = suspects;
        this.differences = differences;
        this.found = found;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.nanosLeft = limit.toNanos();
        this.listener = listener;
    }

    void suspect(RowKey key) throws InterruptedException {
        if (!key.complete()) {
            tell(List.of(differences.of(key, null, null)));
            return;
        }
        batch.add(key);
        if (batch.size() >= BATCH) {
            lookAtBatch();
        }
    }

    /** Decides on all keys that are left. */
    void finish() throws InterruptedException {
        lookAtBatch();
        while (!waiting.isEmpty()) {
            waitAndLook();
        }
    }

    private void lookAtBatch() throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        Suspects suspected = suspects.apply(batch);
        batch = new ArrayList<>();
        round(suspected);
        if (suspected.size() > 0) {
            round(suspected);
        }
        if (suspected.size() > 0) {
            waiting.add(suspected);
        }
        while (waiting.size() > MOST_BATCHES || keysWaiting() > MOST_WAITING) {
            waitAndLook();
        }
    }

    private void waitAndLook() throws InterruptedException {
        if (nanosLeft <= 0) {
            giveUp();
            return;
        }
        listener.progress(Phase.SETTLE, Side.SOURCE, keysWaiting(), keysWaiting());
        long began = nanoTime.getAsLong();
        pause.pause();
        for (Iterator<Suspects> all = waiting.iterator(); all.hasNext(); ) {
            Suspects suspected = all.next();
            round(suspected);
            if (suspected.size() == 0) {
                all.remove();
            }
        }
        nanosLeft -= nanoTime.getAsLong() - began;
    }

    private void round(Suspects suspected) {
        List<RowDifference> convicted = new ArrayList<>();
        suspected.round((key, rows) -> convicted.add(differences.of(key, rows.getKey(), rows.getValue())));
        tell(convicted.isEmpty() ? convicted : explained(suspected, convicted));
    }

    private static List<RowDifference> explained(Suspects suspected, List<RowDifference> convicted) {
        Set<RowKey> parked =
                suspected.parked(convicted.stream().map(RowDifference::key).toList());
        return convicted.stream()
                .map(row -> parked.contains(row.key())
                        ? new RowDifference(RowDifference.Kind.PARKED, row.key(), row.columns())
                        : row)
                .toList();
    }

    private void giveUp() {
        for (Suspects suspected : waiting) {
            tell(suspected.keys().stream()
                    .map(key -> new RowDifference(RowDifference.Kind.UNSETTLED, key, List.of()))
                    .toList());
        }
        waiting.clear();
    }

    private void tell(List<RowDifference> rows) {
        if (!rows.isEmpty()) {
            differences.count(rows);
            found.accept(rows);
        }
    }

    private int keysWaiting() {
        return waiting.stream().mapToInt(Suspects::size).sum();
    }
}
