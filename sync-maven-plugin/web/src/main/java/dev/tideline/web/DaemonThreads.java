package dev.tideline.web;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates threads that do not keep the JVM from exiting. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /**
     * A thread-safe factory.
     *
     * @param name prefix of the threads' names, before a number
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
