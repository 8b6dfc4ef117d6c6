package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.ServiceUser;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.BuildPluginManager;
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
     * Whether to start nothing. If unset, nothing is started if the project's Failsafe skips the integration tests
     * ({@code skipITs}, {@code maven.test.skip}, its configuration; {@code skipTests} only up to Failsafe 3.5), or, without a
     * Failsafe, with {@code skipTests}, {@code skipITs} or {@code maven.test.skip}. {@code false} starts even then.
     */
    @Parameter(property = "tideline.skip")
    private Boolean skip;

    /** Whether services that a lifecycle started stay until {@code sync:stop}. */
    @Parameter(property = "tideline.keepRunning", defaultValue = "false")
    private boolean keepRunning;

    @Inject
    private BuildPluginManager plugins;

    @Override
    void run() {
        String explicit = typedOr("skip", skip == null ? null : skip.toString());
        Optional<String> skipping = explicit == null
                ? new TestSwitches(session(), project(), plugins)
                        .skipping()
                        .map(by -> "integration tests are skipped by " + by + ".")
                : Optional.of("tideline.skip is set.").filter(set -> yesOrNo("skip", explicit));
        if (skipping.isPresent()) {
            getLog().info("No services are started: " + skipping.get());
            return;
        }
        boolean untilEndOfBuild = !isFromCommandLine() && !typedOr("keepRunning", keepRunning);
        startFor(
                services -> untilEndOfBuild ? ModuleUser.of(project(), services) : ServiceUser.commandLine(services),
                untilEndOfBuild);
    }
}
