package dev.tideline.maven.mojo;

import dev.tideline.ports.ExtraPorts;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Stops all services of this workspace and prefix, whoever uses them, and deletes their data and logs. */
@Mojo(name = "clean", requiresProject = false, aggregator = true, threadSafe = true)
public class CleanMojo extends AbstractServicesMojo {

    @Override
    void run() {
        List<String> stopped = services().clean();
        ExtraPorts.forget(workspace());
        getLog().info((stopped.isEmpty() ? "" : "Stopped " + String.join(", ", stopped) + ". ") + "Deleted the data in "
                + state().data() + " and the logs in " + state().logs() + ".");
    }
}
