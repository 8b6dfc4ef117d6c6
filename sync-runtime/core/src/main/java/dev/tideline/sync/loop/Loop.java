package dev.tideline.sync.loop;

import dev.tideline.sync.thread.DaemonThreads;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a pass repeatedly on a thread of its own until closed. Under load it keeps the pace; idle, it backs off and
 * waits for its signal. A pass that fails, even for lack of memory, is tried again with backoff, and logged once per
 * distinct cause.
 */
public final class Loop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);

    private final String name;
    private final Pass pass;
    private final Pace pace;
    private final Signal signal;
    private final Backoff backoff = new Backoff(
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            () -> ThreadLocalRandom.current().nextDouble());
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable lastFailure;

    private Loop(String name, Pass pass, Pace pace, Signal signal) {
        this.name = name;
        this.pass = pass;
        this.pace = pace;
        this.signal = signal;
        this.thread = DaemonThreads.unstarted("tideline-" + name, this::run);
    }

    /** Starts the loop; its first pass runs at once. */
    public static Loop start(String name, Pass pass, Pace pace, Signal signal) {
        Loop loop = new Loop(name, pass, pace, signal);
        loop.thread.start();
        return loop;
    }

    /** The failure of the last pass; null if it succeeded. */
    public Throwable lastFailure() {
        return lastFailure;
    }

    /** Why the loop cannot work, for liveness checks; empty if it can. */
    public Optional<String> trouble() {
        Throwable failure = lastFailure;
        if (closed) {
            return Optional.empty();
        }
        if (!thread.isAlive()) {
            return Optional.of("the " + name + " has ended");
        }
        return failure instanceof VirtualMachineError
                ? Optional.of("the " + name + " fails: " + failure)
                : Optional.empty();
    }

    /** Ends only when it is closed: nobody else would run the remaining passes. */
    private void run() {
        while (!closed) {
            try {
                passes();
            } catch (InterruptedException | RuntimeException | Error e) {
                lastFailure = e; // logging a failure failed, or somebody interrupted this thread
            }
        }
    }

    private void passes() throws InterruptedException {
        int failures = 0;
        String logged = null;
        while (!closed) {
            Duration wait;
            long started = System.nanoTime();
            try {
                Pass.Next next = pass.runOnce();
                if (failures > 0) {
                    LOG.info("{}: works again after {} failed passes", name, failures);
                }
                failures = 0;
                logged = null;
                lastFailure = null;
                wait = pace.after(next, started, System.nanoTime());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception | Error e) {
                if (closed) {
                    return;
                }
                failures++;
                lastFailure = e;
                wait = backoff.delay(failures);
                if (!Objects.equals(logged, e.toString())) {
                    logged = e.toString();
                    LOG.warn("{}: a pass failed, trying again: {}", name, e.toString());
                    LOG.debug("{}: the failure", name, e);
                }
            }
            if (pace.heldBack()) {
                Signal.pause(wait);
            } else {
                signal.await(wait);
            }
        }
    }

    /** Prevents further passes. Returns at once. */
    public void stop() {
        closed = true;
        signal.ring();
    }

    /** Stops, waits up to a second for the pass in flight, then interrupts it. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(Duration.ofSeconds(1).toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(Duration.ofMillis(500).toMillis());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
