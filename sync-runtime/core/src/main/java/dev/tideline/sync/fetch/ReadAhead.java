package dev.tideline.sync.fetch;

import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.thread.DaemonThreads;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Reads the batches of a backlog on a thread of its own while earlier batches are applied. The first batch is small, so
 * that applying starts soon; later ones are larger. At most {@value #BLOCKS} blocks of {@value #BLOCK} bytes are read
 * ahead, or one row if it is larger. The reader looks at no cursor after the one it starts from; the applier finds out
 * whether a batch is still needed. Used by one thread, besides the reader's.
 */
public final class ReadAhead implements AutoCloseable {

    private static final int BLOCK = 32 << 10;
    private static final int BLOCKS = 48;

    /** Size of later batches relative to the first. */
    private static final int GROWTH = 4;

    private final ChangeFetcher fetcher;
    private final Mapping mapping;
    private final String tenant;
    private final CopyFormat format;
    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(BLOCKS);
    private final Semaphore room = new Semaphore(BLOCKS * BLOCK); // one permit per byte
    private final Thread thread;
    private volatile boolean closed;

    private sealed interface Item {}

    private record Begin(long after, Bounds bounds) implements Item {}

    /**
     * @param room bytes that it occupies
     */
    private record Block(List<byte[]> rows, int room) implements Item {}

    private record EndOfBatch() implements Item {}

    private record End() implements Item {}

    private record Failed(Exception cause) implements Item {}

    private ReadAhead(ChangeFetcher fetcher, Mapping mapping, String tenant, CopyFormat format, Runnable reader) {
        this.fetcher = fetcher;
        this.mapping = mapping;
        this.tenant = tenant;
        this.format = format;
        this.thread = DaemonThreads.unstarted(Thread.currentThread().getName() + "-reader", reader);
    }

    /**
     * Starts reading.
     *
     * @param after position of the cursor
     * @param first the first batch's bounds
     * @param size row limit of the first batch, which is full
     * @param most batches at most
     */
    public static ReadAhead start(
            ChangeFetcher fetcher,
            Mapping mapping,
            String tenant,
            CopyFormat format,
            long after,
            Bounds first,
            int size,
            int most) {
        ReadAhead[] self = new ReadAhead[1];
        self[0] = new ReadAhead(fetcher, mapping, tenant, format, () -> self[0].read(after, first, size, most));
        self[0].thread.start();
        return self[0];
    }

    /** A batch whose rows become available as they are read. */
    public final class Batch implements Rows {

        private final Begin begin;
        private Block block = new Block(List.of(), 0);
        private int at;
        private boolean ended;

        private Batch(Begin begin) {
            this.begin = begin;
        }

        /** Where the cursor has to stand before this batch. */
        public long after() {
            return begin.after();
        }

        public Bounds bounds() {
            return begin.bounds();
        }

        @Override
        public CopyFormat format() {
            return format;
        }

        @Override
        public byte[] next() throws SQLException {
            while (!ended && at == block.rows().size()) {
                room.release(block.room());
                block = new Block(List.of(), 0);
                at = 0;
                if (take() instanceof Block next) {
                    block = next;
                } else {
                    ended = true;
                }
            }
            return ended ? null : block.rows().get(at++);
        }
    }

    /**
     * The next batch; null when nothing is left, or the maximum was read. The previous batch must have been read to its
     * end.
     */
    public Batch next() throws SQLException {
        return take() instanceof Begin begin ? new Batch(begin) : null;
    }

    private Item take() throws SQLException {
        Item item;
        try {
            item = items.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while a batch was read", e);
        }
        if (item instanceof Failed failed) {
            if (failed.cause() instanceof SQLException cause) {
                throw cause;
            }
            throw failed.cause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("the reader of a backlog failed", failed.cause());
        }
        return item;
    }

    private void read(long from, Bounds first, int size, int most) {
        try {
            long after = from;
            Bounds bounds = first;
            int limit = size;
            for (int batch = 1; bounds.rows() > 0; batch++) {
                put(new Begin(after, bounds));
                try (RowStream rows = fetcher.changes(mapping, tenant, after, bounds.upTo(), format)) {
                    transfer(rows);
                }
                put(new EndOfBatch());
                if (bounds.rows() < limit || batch == most) {
                    break;
                }
                after = bounds.upTo();
                limit = size * GROWTH;
                bounds = next(after, limit);
            }
            put(new End());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody consumes anything any more
        } catch (SQLException | RuntimeException e) {
            fail(e);
        } catch (Error e) { // also if memory ran out: the other thread must not wait forever
            fail(new IllegalStateException(e.toString(), e));
        }
    }

    /** Checks for an interrupt first, because an earlier call may have swallowed it. */
    private void put(Item item) throws InterruptedException {
        if (closed) {
            throw new InterruptedException("closed");
        }
        items.put(item);
    }

    private void fail(Exception cause) {
        try {
            put(new Failed(cause));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Bounds next(long after, int limit) throws SQLException {
        int ours = fetcher.mappings().indexOf(mapping);
        List<Long> cursors =
                new ArrayList<>(Collections.nCopies(fetcher.mappings().size(), Long.MAX_VALUE));
        cursors.set(ours, after);
        return fetcher.bounds(tenant, cursors, limit).get(ours);
    }

    private void transfer(RowStream rows) throws SQLException, InterruptedException {
        List<byte[]> block = new ArrayList<>();
        int bytes = 0;
        for (byte[] row = rows.next(); row != null; row = rows.next()) {
            block.add(row);
            bytes += row.length;
            if (bytes >= BLOCK) {
                put(block, bytes);
                block = new ArrayList<>();
                bytes = 0;
            }
        }
        if (!block.isEmpty()) {
            put(block, bytes);
        }
    }

    /** Waits until there is room. A row larger than the whole limit waits until nothing else is held. */
    private void put(List<byte[]> rows, int bytes) throws InterruptedException {
        int wanted = Math.min(bytes, BLOCKS * BLOCK);
        room.acquire(wanted);
        put(new Block(rows, wanted));
    }

    /** Ends the reader and drops what it has read. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
