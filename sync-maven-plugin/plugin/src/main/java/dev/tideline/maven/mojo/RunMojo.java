package dev.tideline.maven.mojo;

import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.workspace.Watch;
import dev.tideline.ports.PortFormat;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;

/** Starts the services and keeps them up in the foreground until Ctrl-C. Ends with an error if one of them dies. */
@Mojo(
        name = "run",
        requiresProject = false,
        aggregator = true,
        threadSafe = true,
        configurator = StrictConfigurator.NAME)
public class RunMojo extends AbstractStartMojo {

    @Override
    void run() {
        List<ServiceRecord> started = startFor(services -> ModuleUser.of(project(), services), true);
        System.out.print(ports().render(PortFormat.TABLE));
        getLog().info("Ctrl-C ends the services.");
        getLog().info(new Watch(started, services()).untilOver());
    }
}
