package dev.tideline.sync.thread;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM from ending. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** A factory of threads that all have this name. Safe for use by many threads. */
    public static ThreadFactory named(String name) {
        return task -> unstarted(name, task);
    }

    /** One thread, not started yet. */
    public static Thread unstarted(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
