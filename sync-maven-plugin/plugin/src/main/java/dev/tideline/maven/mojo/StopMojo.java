package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.lifecycle.ServiceStatus;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Stops services. Called on the command line, all of this workspace and prefix; bound to a lifecycle, those that this
 * module started, unless another module or build, or the command line, still uses them.
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, requiresProject = false, threadSafe = true)
public class StopMojo extends AbstractServicesMojo {

    @Override
    void run() {
        DevServices services = services();
        List<String> stopped =
                isFromCommandLine() ? services.stop() : services.release(ModuleUser.of(project(), List.of()));
        if (!stopped.isEmpty()) {
            getLog().info("Stopped " + String.join(", ", stopped) + ".");
        }
        List<ServiceStatus> left = services.status();
        left.forEach(status -> getLog().info(status.record().service() + " stays: it is used by "
                + String.join(", ", status.users()) + "."));
        if (stopped.isEmpty() && left.isEmpty()) {
            getLog().info("Nothing of this workspace runs on prefix "
                    + ports().prefix().value() + ".");
        }
    }
}
