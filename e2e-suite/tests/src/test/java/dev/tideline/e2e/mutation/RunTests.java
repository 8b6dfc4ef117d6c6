package dev.tideline.e2e.mutation;

import java.util.Arrays;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes, prints which tests failed, and ends with 0 if all passed. */
final class RunTests {

    static final int SOME_FAILED = 3;
    private static final int NONE_RAN = 4;

    private RunTests() {}

    public static void main(String[] classes) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(ClassSelector[]::new))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.getFailures().forEach(failure -> {
            System.out.println("FAILED "
                    + failure.getTestIdentifier()
                            .getSource()
                            .filter(MethodSource.class::isInstance)
                            .map(MethodSource.class::cast)
                            .map(MethodSource::getMethodName)
                            .orElse(failure.getTestIdentifier().getDisplayName()));
            failure.getException().printStackTrace(System.out);
        });
        System.exit(
                summary.getTestsStartedCount() == 0 ? NONE_RAN : summary.getTotalFailureCount() > 0 ? SOME_FAILED : 0);
    }
}
