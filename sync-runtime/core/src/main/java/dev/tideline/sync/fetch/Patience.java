package dev.tideline.sync.fetch;

import dev.tideline.sync.source.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a statement of the source whose rows are not taken in time. Until it ends it holds a snapshot and a lock on the
 * application's table, so that nobody may keep it open for as long as he likes. One thread takes the rows, the ticker's
 * looks after it.
 *
 * <p>There are {@value #SECONDS} s; or as many as the source took to come to its first row, if those are more, so that what it
 * does for that (it may sort a whole table) is at most doubled by doing it again.
 */
final class Patience implements AutoCloseable {

    static final int SECONDS = 2;

    /** What the time is made of. */
    enum Counted {
        /** What passes while the source waits for whoever takes its rows; found by looking now and then. */
        TAKING,
        /** That, and everything from the first row on; for a statement that can be begun again behind its last row. */
        ALL
    }

    private final Ticker ticker;
    private final Counted counted;
    private final Runnable end;
    private final Runnable look = this::look;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean due;
    private volatile long allowed = Duration.ofSeconds(SECONDS).toNanos();
    private volatile long firstRow; // when; 0: not yet
    private long askedFirst;
    private long taking; // of the ticker's thread
    private volatile boolean ended; // set under the lock
    private boolean over; // guarded by the lock

    /** @param end ends the statement; run once at most, on either thread, and not after {@link #close}. Must not block */
    Patience(Ticker ticker, Counted counted, Runnable end) {
        this.ticker = ticker;
        this.counted = counted;
        this.end = end;
        ticker.add(look);
    }

    /**
     * The source is asked for a row.
     *
     * @throws StatementEndedException if it was ended
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

    /** The source has given a row. */
    void given() {
        asking.lazySet(false);
        if (firstRow == 0) {
            firstRow = System.nanoTime();
            allowed = Math.max(allowed, firstRow - askedFirst);
        } else if (due) {
            end();
        }
    }

    /** Whether the statement was ended from here. */
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
                due = true; // with the row that it is about to give
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

    /** The statement is over, and its connection somebody else's soon. */
    @Override
    public synchronized void close() {
        over = true;
        ticker.remove(look);
    }
}
