package dev.tideline.maven.mojo;

import dev.tideline.devservices.lifecycle.ServiceStatus;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Shows for each service of this workspace whether it runs and answers, its ports and its users. */
@Mojo(name = "status", requiresProject = false, aggregator = true, threadSafe = true)
public class StatusMojo extends AbstractServicesMojo {

    @Override
    void run() {
        List<ServiceStatus> all = services().status();
        if (all.isEmpty()) {
            getLog().info("Nothing of this workspace runs on prefix "
                    + ports().prefix().value() + ".");
        }
        all.forEach(status -> getLog().info(status.inWords()));
    }
}
