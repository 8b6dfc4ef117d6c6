package dev.tideline.testkit;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Threads of this JVM that wait for each other, ordered by name; none if there is no deadlock. Listed after a failed
 * wait, whose condition may depend on one of them.
 */
record Deadlock(List<ThreadInfo> threads) {

    /** Has the stack trace of a waiting thread. */
    static final class Stuck extends Exception {

        Stuck(ThreadInfo thread) {
            super("the thread " + thread.getThreadName() + " was here", null, false, true);
            setStackTrace(thread.getStackTrace());
        }
    }

    static Deadlock now() {
        ThreadMXBean all = ManagementFactory.getThreadMXBean();
        long[] deadlocked = all.findDeadlockedThreads();
        if (deadlocked == null) {
            return new Deadlock(List.of());
        }
        return new Deadlock(Arrays.stream(all.getThreadInfo(deadlocked, Integer.MAX_VALUE))
                .filter(Objects::nonNull) // threads that ended in between
                .sorted(Comparator.comparing(ThreadInfo::getThreadName))
                .toList());
    }

    String describe() {
        return threads.stream().map(Deadlock::describe).collect(Collectors.joining("; "));
    }

    List<Stuck> stacks() {
        return threads.stream().map(Stuck::new).toList();
    }

    private static String describe(ThreadInfo thread) {
        LockInfo lock = thread.getLockInfo();
        return thread.getThreadName() + " waits for " + (lock == null ? "a lock" : lock.getClassName()) + ", which "
                + thread.getLockOwnerName() + " holds";
    }
}
