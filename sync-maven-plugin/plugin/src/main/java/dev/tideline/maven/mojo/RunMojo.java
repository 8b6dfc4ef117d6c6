package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.ports.PortFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;

/** Starts the services and keeps them up in the foreground until Ctrl-C. Ends with an error if one of them dies. */
@Mojo(
        name = "run",
        requiresProject = false,
        aggregator = true,
        threadSafe = true,
        configurator = StrictConfigurator.NAME)
public class RunMojo extends AbstractStartMojo {

    private static final int TAIL_LINES = 20;
    private static final Duration PACE = Duration.ofMillis(500);

    /** Made by Maven. */
    public RunMojo() {}

    @Override
    void run() {
        List<ServiceRecord> started = startFor(services -> ModuleUser.of(project(), services), true);
        System.out.print(ports().render(PortFormat.TABLE));
        getLog().info("Ctrl-C ends the services.");
        DevServices services = services();
        Optional<String> end = Poll.forever(PACE, () -> endOf(started, services));
        getLog().info(end.orElse("Interrupted."));
    }

    /** Why there is no more reason to stay; empty while all is well. */
    private Optional<String> endOf(List<ServiceRecord> started, DevServices services) {
        List<ServiceRecord> known = services.known();
        for (ServiceRecord service : started) {
            if (known.stream().noneMatch(record -> record.token().equals(service.token()))) {
                return Optional.of(service.service() + " was stopped by somebody else.");
            }
            if (!services.isAlive(service)) {
                throw new DevServicesException(service.service() + " has died: " + services.absence(service)
                        + ". End of its log:\n  " + String.join("\n  ", services.tail(service, TAIL_LINES)));
            }
        }
        return Optional.empty();
    }
}
