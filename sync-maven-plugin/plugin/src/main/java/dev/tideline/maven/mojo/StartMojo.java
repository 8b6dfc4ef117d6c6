package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.ServiceUser;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Starts the services and returns when each of them answers. Called on the command line, they stay until
 * {@code sync:stop}; bound to a lifecycle, they end with the build. Services of this workspace that run already are reused.
 */
@Mojo(
        name = "start",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresProject = false,
        threadSafe = true,
        configurator = StrictConfigurator.NAME)
public class StartMojo extends AbstractStartMojo {

    /**
     * Whether to start nothing. Not set, nothing is started where tests are skipped ({@code skipTests}, {@code skipITs},
     * {@code maven.test.skip}); {@code false} starts also then.
     */
    @Parameter(property = "tideline.skip")
    private Boolean skip;

    /** Whether services that a lifecycle started stay until {@code sync:stop}. */
    @Parameter(property = "tideline.keepRunning", defaultValue = "false")
    private boolean keepRunning;

    @Parameter(property = "skipTests", readonly = true)
    private boolean skipTests;

    @Parameter(property = "skipITs", readonly = true)
    private boolean skipIts;

    @Parameter(property = "maven.test.skip", readonly = true)
    private boolean mavenTestSkip;

    /** Made by Maven. */
    public StartMojo() {}

    @Override
    void run() {
        String explicit = typedOr("skip", skip == null ? null : skip.toString());
        boolean testsSkipped = skipTests || skipIts || mavenTestSkip;
        if (explicit == null ? testsSkipped : yesOrNo("skip", explicit)) {
            getLog().info("No services are started: "
                    + (explicit == null ? "tests are skipped." : "tideline.skip is set."));
            return;
        }
        boolean untilEndOfBuild = !isFromCommandLine() && !typedOr("keepRunning", keepRunning);
        startFor(
                services -> untilEndOfBuild ? ModuleUser.of(project(), services) : ServiceUser.commandLine(services),
                untilEndOfBuild);
    }
}
