package dev.tideline.e2e.suite;

import dev.tideline.testkit.AbsenceWindows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints, at the end of a run, how long its end-to-end tests took. */
public final class SuiteReport implements TestExecutionListener {

    private static final int SLOWEST = 10;

    private record Timed(String test, long begun, long ended, boolean passed) {
        long millis() {
            return ended - begun;
        }
    }

    private final Map<String, Long> begun = new ConcurrentHashMap<>();
    private final Map<String, Timed> timed = new ConcurrentHashMap<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), System.currentTimeMillis());
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        endToEnd(test)
                .ifPresent(method -> timed.put(
                        test.getUniqueId(),
                        new Timed(
                                method.getJavaClass().getSimpleName() + "." + method.getMethodName(),
                                begun.get(test.getUniqueId()),
                                System.currentTimeMillis(),
                                result.getStatus() == TestExecutionResult.Status.SUCCESSFUL)));
    }

    private static Optional<MethodSource> endToEnd(TestIdentifier test) {
        return test.getSource()
                .filter(source -> test.isTest())
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .filter(method -> AnnotationSupport.isAnnotated(method.getJavaClass(), EndToEnd.class));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (!timed.isEmpty()) {
            lines().forEach(System.out::println);
        }
    }

    private List<String> lines() {
        long first = timed.values().stream().mapToLong(Timed::begun).min().orElseThrow();
        long last = timed.values().stream().mapToLong(Timed::ended).max().orElseThrow();
        long failed = timed.values().stream().filter(test -> !test.passed()).count();
        List<String> lines = new ArrayList<>();
        lines.add(timed.size() + " end-to-end tests in " + seconds(last - first) + ", " + failed + " failed");
        Duration windows = AbsenceWindows.total();
        lines.add(AbsenceWindows.count() + " absence windows, " + seconds(windows.toMillis()) + " in all");
        lines.add("the slowest:");
        timed.values().stream()
                .sorted(Comparator.comparingLong(Timed::millis).reversed())
                .limit(SLOWEST)
                .forEach(test -> lines.add(String.format(Locale.ROOT, "%8s  %s", seconds(test.millis()), test.test())));
        return lines;
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
