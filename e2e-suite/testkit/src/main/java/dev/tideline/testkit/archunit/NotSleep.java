package dev.tideline.testkit.archunit;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds calls of, and references to, methods that let time pass without waiting for anything. */
final class NotSleep extends ArchCondition<JavaClass> {
    private static final Map<String, Set<String>> SLEEPERS = Map.of(
            "java.lang.Thread", Set.of("sleep"),
            "java.util.concurrent.TimeUnit", Set.of("sleep", "timedWait", "timedJoin"),
            "java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil"));

    NotSleep() {
        super("not sleep");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        Stream.<JavaAccess<?>>concat(
                        item.getMethodCallsFromSelf().stream(), item.getMethodReferencesFromSelf().stream())
                .filter(NotSleep::sleeps)
                .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
    }

    private static boolean sleeps(JavaAccess<?> access) {
        // Guava and others have special classes for it.
        return access.getName().equals("sleepUninterruptibly")
                || SLEEPERS.entrySet().stream()
                        .anyMatch(sleeper -> access.getTargetOwner().isAssignableTo(sleeper.getKey())
                                && sleeper.getValue().contains(access.getName()));
    }
}
