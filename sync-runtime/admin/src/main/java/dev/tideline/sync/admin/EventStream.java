package dev.tideline.sync.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.loop.Loop;
import dev.tideline.sync.loop.Pace;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.status.StatusQuery;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The status as server-sent events: at once, and then whenever figures have changed. Each client has a thread of its
 * own that sends the newest status and queues nothing, so a slow client misses events and delays no other. Clients with
 * the same query share one look at the source. Safe for use by many threads.
 */
final class EventStream implements AutoCloseable {

    /** Clients at a time; each holds one of the server's threads. */
    static final int CLIENTS = 32;

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** An empty line keeps proxies from ending the connection, and detects that the client is gone. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private static final byte[] NOTHING = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final SyncOperations operations;
    private final Semaphore places = new Semaphore(CLIENTS);
    private final Set<Signal> clients = ConcurrentHashMap.newKeySet();
    private final Loop loop;
    private volatile Map<StatusQuery, Frame> frames = new ConcurrentHashMap<>();
    private volatile boolean closed;

    EventStream(SyncOperations operations) {
        this.operations = operations;
        this.loop = Loop.start("events", this::tick, new Pace(EVERY, EVERY, Pace.NO_MATTER), new Signal());
    }

    /**
     * One event.
     *
     * @param figures its content without what changes with the clock
     */
    private record Frame(byte[] event, ObjectNode figures) {}

    private Pass.Next tick() {
        publish();
        return new Pass.Next.Idle();
    }

    /** Makes every client check whether something has changed. */
    void publish() {
        frames = new ConcurrentHashMap<>();
        clients.forEach(Signal::ring);
    }

    void serve(Context ctx) throws IOException, SQLException, InterruptedException {
        StatusQuery query = Query.status(ctx);
        if (!places.tryAcquire()) {
            ctx.header("Retry-After", "5");
            throw new ProblemException(
                    503,
                    "Too many clients are listening.",
                    "At most " + CLIENTS + " can listen; poll /api/v1/status" + " instead.");
        }
        Signal changed = new Signal();
        try {
            Frame first = frame(query);
            clients.add(changed);
            ctx.res().setContentType("text/event-stream");
            ctx.res().setCharacterEncoding("UTF-8");
            send(ctx, query, first, changed);
        } finally {
            clients.remove(changed);
            places.release();
        }
    }

    private void send(Context ctx, StatusQuery query, Frame first, Signal changed) throws InterruptedException {
        try {
            OutputStream out = ctx.res().getOutputStream();
            Frame sent = first;
            write(out, first.event());
            long written = System.nanoTime();
            while (!closed) {
                changed.await(SILENCE);
                Frame now = frameOrNothing(query);
                if (now != null && !now.figures().equals(sent.figures())) {
                    write(out, now.event());
                    sent = now;
                    written = System.nanoTime();
                } else if (System.nanoTime() - written > SILENCE.toNanos()) {
                    write(out, NOTHING);
                    written = System.nanoTime();
                }
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private Frame frameOrNothing(StatusQuery query) {
        try {
            return frame(query);
        } catch (SQLException | RuntimeException e) {
            return null; // the page itself shows that its figures grow old
        }
    }

    private Frame frame(StatusQuery query) throws SQLException {
        Map<StatusQuery, Frame> current = frames;
        Frame known = current.get(query);
        if (known == null) {
            synchronized (this) {
                known = current.get(query);
                if (known == null) {
                    known = read(query);
                    current.put(query, known);
                }
            }
        }
        return known;
    }

    private Frame read(StatusQuery query) throws SQLException {
        ObjectNode status = Json.MAPPER.valueToTree(operations.status(query));
        byte[] event = ("event: status\ndata: " + status + "\n\n").getBytes(StandardCharsets.UTF_8);
        status.remove("generated_at");
        status.path("external_databases")
                .findParents("complete_through")
                .forEach(mapping -> ((ObjectNode) mapping).remove("complete_through"));
        return new Frame(event, status);
    }

    private static void write(OutputStream out, byte[] text) throws IOException {
        out.write(text);
        out.flush();
    }

    @Override
    public void close() {
        closed = true;
        loop.close();
        clients.forEach(Signal::ring);
    }
}
