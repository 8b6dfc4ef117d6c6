package dev.tideline.sync.runtime;

import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.engine.RollCall;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Visits every tenant after a start, and when the source was away. A visit opens a connection with a target, so ten
 * thousand at once would delay changes for minutes. Tenants that are likely to have work go first. The others follow
 * one by one: the first {@value #PROMPT} while nothing else is to be done, and then one every two seconds, which costs
 * less than a hundredth of a core. {@link #call} is safe for any thread.
 */
public final class RollCallPass implements Pass {

    /** Tenants that are visited without delay while there is nothing else to do. */
    static final int PROMPT = 100;

    /** How long changes may go first. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final RollCall rollCall;
    private final RequestStore requests;
    private final BooleanSupplier busy;
    private final Runnable requested;
    private final LongSupplier clock;
    private final Signal signal;
    private final Deque<String> waiting = new ArrayDeque<>();
    private int prompt;
    private long last;
    private volatile boolean called;

    /**
     * @param busy whether there are changes to deliver
     * @param requested runs when a request was created
     * @param clock a monotonic one, in nanoseconds
     * @param signal of the loop that runs this
     */
    public RollCallPass(
            RollCall rollCall,
            RequestStore requests,
            BooleanSupplier busy,
            Runnable requested,
            LongSupplier clock,
            Signal signal) {
        this.rollCall = rollCall;
        this.requests = requests;
        this.busy = busy;
        this.requested = requested;
        this.clock = clock;
        this.signal = signal;
        this.last = clock.getAsLong();
    }

    /** Starts visiting all tenants from the beginning. Returns at once. */
    public void call() {
        called = true;
        signal.ring();
    }

    @Override
    public Next runOnce() throws SQLException {
        if (called) {
            called = false;
            begin();
        }
        if (waiting.isEmpty() || busy.getAsBoolean() && clock.getAsLong() - last < PATIENCE.toNanos()) {
            return new Next.Idle();
        }
        request(List.of(waiting.peek()));
        waiting.remove();
        return --prompt > 0 ? new Next.Busy(1, false) : new Next.Idle();
    }

    private void begin() throws SQLException {
        try {
            RollCall.Order order = rollCall.order();
            if (!order.now().isEmpty()) {
                request(order.now());
            }
            waiting.clear();
            waiting.addAll(ordered(order.inTurn()));
            prompt = PROMPT;
        } catch (SQLException | RuntimeException e) {
            called = true;
            throw e;
        }
    }

    /**
     * After the likely ones, the tenant that was synced longest ago goes first. A visit counts as a sync, so every
     * tenant has its turn however often all of this starts again.
     */
    private static List<String> ordered(List<String> inTurn) {
        int first = Math.min(PROMPT, inTurn.size());
        List<String> ordered = new ArrayList<>(inTurn.subList(first, inTurn.size()));
        Collections.reverse(ordered);
        ordered.addAll(0, inTurn.subList(0, first));
        return ordered;
    }

    private void request(List<String> tenants) throws SQLException {
        requests.enqueue(tenants);
        last = clock.getAsLong();
        requested.run();
    }
}
