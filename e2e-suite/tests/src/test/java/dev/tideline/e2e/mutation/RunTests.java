package dev.tideline.e2e.mutation;

import java.util.Arrays;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test classes until one test fails, prints which, and ends with 0 if all passed. */
final class RunTests {

    static final int ONE_FAILED = 3;
    private static final int NONE_RAN = 4;

    private RunTests() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(ClassSelector[]::new))
                .build();
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, summary, new EndAtTheFirstFailure());
        System.exit(summary.getSummary().getTestsStartedCount() == 0 ? NONE_RAN : 0);
    }

    private static final class EndAtTheFirstFailure implements TestExecutionListener {

        @Override
        public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                System.out.println("FAILED " + name(test));
                result.getThrowable().ifPresent(failure -> failure.printStackTrace(System.out));
                System.out.flush();
                // Not exit: other tests are under way, and nobody waits for them.
                Runtime.getRuntime().halt(ONE_FAILED);
            }
        }

        private static String name(TestIdentifier test) {
            return test.getSource()
                    .filter(MethodSource.class::isInstance)
                    .map(MethodSource.class::cast)
                    .map(method -> method.getJavaClass().getSimpleName() + "#" + method.getMethodName())
                    .orElse(test.getDisplayName());
        }
    }
}
