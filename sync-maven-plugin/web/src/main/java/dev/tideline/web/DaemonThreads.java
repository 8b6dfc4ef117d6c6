package dev.tideline.web;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that keep no JVM from ending. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /**
     * A factory of them.
     *
     * @param name what their names begin with; a number follows
     * @return the factory, safe for use by several threads
     */
    public static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
