package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.lifecycle.DevServices;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.LogFile;
import dev.tideline.devservices.provider.FileLog;
import dev.tideline.devservices.provider.ServiceLog;
import dev.tideline.devservices.service.ServiceRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Prints the end of the services' logs, and with {@code -Dfollow} new lines until Ctrl-C. */
@Mojo(name = "logs", requiresProject = false, aggregator = true, threadSafe = true)
public class LogsMojo extends AbstractServicesMojo {

    private static final Duration PACE = Duration.ofMillis(200);

    /** The service whose log is wanted. Default: all. */
    @Parameter(property = "service")
    private String service;

    /** How many lines of each log. */
    @Parameter(property = "lines", defaultValue = "50")
    private int lines;

    /** Whether to print new lines until Ctrl-C. */
    @Parameter(property = "follow", defaultValue = "false")
    private boolean follow;

    @Override
    void run() {
        if (lines < 0) {
            throw new DevServicesException("lines is " + lines + ". Give how many lines of each log, 0 or more.");
        }
        List<String> names = service == null || service.isBlank()
                ? catalogue().names()
                : List.of(
                        Files.exists(left(service))
                                ? service
                                : catalogue().type(service).name());
        DevServices services = services();
        List<ServiceRecord> known = services.known();
        List<Printed> logs = new ArrayList<>();
        try {
            for (String name : names) {
                open(name, known, services).ifPresent(log -> logs.add(new Printed(name, log, names.size() > 1)));
            }
            if (logs.isEmpty()) {
                throw new DevServicesException("There is no log of " + String.join(", ", names) + " in "
                        + state().logs() + ". Start the services first: mvn sync:start.");
            }
            logs.forEach(log -> log.print(log.log().tail(lines)));
            if (follow) {
                Poll.forever(PACE, () -> {
                    logs.forEach(log -> log.print(log.log().added()));
                    return Optional.empty();
                });
            }
        } finally {
            logs.forEach(log -> log.log().close());
        }
    }

    /** The log of a running service, else what an earlier one has left. */
    private Optional<ServiceLog> open(String name, List<ServiceRecord> known, DevServices services) {
        Path left = left(name);
        return known.stream()
                .filter(record -> record.service().equals(name))
                .findFirst()
                .map(services::log)
                .or(() -> Files.exists(left) ? Optional.of(new FileLog(new LogFile(left))) : Optional.empty());
    }

    private Path left(String name) {
        return state().logs().resolve(name + ".log");
    }

    /** A log that is printed, each line with the service's name if there are several. */
    private record Printed(String name, ServiceLog log, boolean named) {

        void print(List<String> text) {
            text.forEach(line -> System.out.println(named ? name + " | " + line : line));
            System.out.flush();
        }
    }
}
