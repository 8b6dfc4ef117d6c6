package dev.tideline.directory.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a pass repeatedly in its own thread: at once while there is work, else when rung or after a while. */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private final BooleanSupplier pass;
    private final Duration idle;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private Worker(String name, BooleanSupplier pass, Duration idle) {
        this.pass = pass;
        this.idle = idle;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * @param pass does one piece of work; false if there was none
     */
    public static Worker start(String name, BooleanSupplier pass, Duration idle) {
        return new Worker(name, pass, idle);
    }

    /** There may be work. */
    public void ring() {
        bell.release();
    }

    private void run() {
        while (!closed) {
            bell.drainPermits();
            boolean worked = false;
            try {
                worked = pass.getAsBoolean();
            } catch (RuntimeException e) {
                LOG.warn("{}: {}; goes on in {} ms", thread.getName(), e.toString(), idle.toMillis());
            }
            if (!worked && !closed) {
                rest();
            }
        }
    }

    private void rest() {
        try {
            boolean rung = bell.tryAcquire(idle.toMillis(), TimeUnit.MILLISECONDS);
            LOG.trace("{} goes on, rung: {}", thread.getName(), rung);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Waits for the current pass to end. */
    @Override
    public void close() {
        closed = true;
        ring();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
