package dev.tideline.sync.fetch;

import dev.tideline.sync.source.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a statement of the source whose rows are not consumed in time. Until it ends, it holds a snapshot and a lock on
 * the application's table, so no consumer may keep it open indefinitely. One thread consumes the rows; the ticker's
 * thread watches.
 *
 * <p>The limit is {@value #SECONDS} s, or as long as the source took to return its first row if that is longer. So the
 * work that the source does for the first row (it may sort a whole table) is at most doubled by repeating the
 * statement.
 */
final class Patience implements AutoCloseable {

    static final int SECONDS = 2;

    /** Which time counts. */
    enum Counted {
        /** The time in which the source waits for the consumer, sampled at intervals. */
        TAKING,
        /** All time from the first row on. For a statement that can be repeated from its last row. */
        ALL
    }

    private final Ticker ticker;
    private final Counted counted;
    private final Runnable end;
    private final Runnable look = this::look;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean due;
    private volatile long allowed = Duration.ofSeconds(SECONDS).toNanos();
    private volatile long firstRow; // time of the first row; 0: none yet
    private long askedFirst;
    private long taking; // used by the ticker's thread only
    private volatile boolean ended; // written under the lock
    private boolean over; // guarded by the lock

    /**
     * @param end ends the statement; runs at most once, on either thread, and not after {@link #close}. Must not block
     */
    Patience(Ticker ticker, Counted counted, Runnable end) {
        this.ticker = ticker;
        this.counted = counted;
        this.end = end;
        ticker.add(look);
    }

    /**
     * Called before the source is asked for a row.
     *
     * @throws StatementEndedException if the statement was ended
     */
    void asking() throws StatementEndedException {
        if (ended) {
            throw new StatementEndedException();
        }
        if (firstRow == 0) {
            askedFirst = System.nanoTime();
        }
        asking.lazySet(true);
    }

    /** Called when the source has returned a row. */
    void given() {
        asking.lazySet(false);
        if (firstRow == 0) {
            firstRow = System.nanoTime();
            allowed = Math.max(allowed, firstRow - askedFirst);
        } else if (due) {
            end();
        }
    }

    /** Whether this object ended the statement. */
    boolean ended() {
        return ended;
    }

    private void look() {
        boolean waits = !asking.get();
        if (waits) {
            taking += ticker.interval().toNanos();
        }
        long sinceFirstRow = counted == Counted.ALL && firstRow != 0 ? System.nanoTime() - firstRow : 0;
        if (Math.max(taking, sinceFirstRow) >= allowed) {
            if (waits) {
                end();
            } else {
                due = true; // effective with the row that it is about to return
            }
        }
    }

    private synchronized void end() {
        if (!over && !ended) {
            ended = true;
            ticker.remove(look);
            end.run();
        }
    }

    /** Called when the statement is over: its connection will soon serve somebody else. */
    @Override
    public synchronized void close() {
        over = true;
        ticker.remove(look);
    }
}
