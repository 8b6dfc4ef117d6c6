package dev.tideline.sync.thread;

import java.util.concurrent.ThreadFactory;

/** Creates threads that do not keep the JVM from exiting. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** A factory of threads with this name. Safe for use by many threads. */
    public static ThreadFactory named(String name) {
        return task -> unstarted(name, task);
    }

    /** A thread that is not started yet. */
    public static Thread unstarted(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
