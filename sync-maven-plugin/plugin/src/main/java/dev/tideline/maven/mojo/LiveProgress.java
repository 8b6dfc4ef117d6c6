package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * For a terminal: below the log, a line for each service that is waited for, with the seconds it has taken so far,
 * updated in place. Close it to end the updates.
 */
final class LiveProgress implements Progress, AutoCloseable {

    private static final Duration REDRAW = Duration.ofMillis(200);

    private final Progress log;
    private final PrintStream terminal;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tideline-progress");
        thread.setDaemon(true);
        return thread;
    });

    /** Guarded by this. */
    private final Map<String, Wait> waits = new LinkedHashMap<>();

    private int drawn;

    LiveProgress(Progress log, PrintStream terminal) {
        this.log = log;
        this.terminal = terminal;
        clock.scheduleAtFixedRate(this::redraw, REDRAW.toMillis(), REDRAW.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void waiting(String service, String what) {
        Wait before = waits.get(service);
        waits.put(service, new Wait(what, before == null ? System.nanoTime() : before.since()));
    }

    @Override
    public synchronized void done(String service, String what) {
        erase();
        waits.remove(service);
        log.done(service, what);
    }

    @Override
    public synchronized void note(String message) {
        erase();
        log.note(message);
    }

    @Override
    public synchronized void warning(String message) {
        erase();
        log.warning(message);
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        waits.clear();
        erase();
    }

    private synchronized void redraw() {
        erase();
        waits.forEach((service, wait) -> {
            double seconds = (System.nanoTime() - wait.since()) / 1e9;
            terminal.printf("  %-18s %s … %.1f s%n", service, wait.what(), seconds);
            drawn++;
        });
        terminal.flush();
    }

    /** Cursor up by the number of lines drawn, then erase to the end of the screen. */
    private void erase() {
        if (drawn > 0) {
            terminal.print("\033[" + drawn + "A\033[J");
            terminal.flush();
            drawn = 0;
        }
    }

    private record Wait(String what, long since) {}
}
