package dev.tideline.maven.mojo;

import dev.tideline.maven.DevServicesException;
import dev.tideline.maven.loop.Poll;
import dev.tideline.maven.process.LogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Prints the end of the services' logs, and with {@code -Dfollow} what is added to them until Ctrl-C. */
@Mojo(name = "logs", requiresProject = false, aggregator = true, threadSafe = true)
public class LogsMojo extends AbstractServicesMojo {

    private static final Duration PACE = Duration.ofMillis(200);

    /** The service whose log is wanted. Default: all. */
    @Parameter(property = "service")
    private String service;

    /** How many lines of each log. */
    @Parameter(property = "lines", defaultValue = "50")
    private int lines;

    /** Whether to go on printing what is added, until Ctrl-C. */
    @Parameter(property = "follow", defaultValue = "false")
    private boolean follow;

    /** Made by Maven. */
    public LogsMojo() {}

    @Override
    void run() {
        List<String> names = service == null || service.isBlank()
                ? catalogue().names()
                : List.of(catalogue().type(service).name());
        List<Followed> logs = new ArrayList<>();
        for (String name : names) {
            Path path = state().logs().resolve(name + ".log");
            if (Files.exists(path)) {
                Followed log = new Followed(name, new LogFile(path), names.size() > 1);
                log.printTail(lines);
                logs.add(log);
            }
        }
        if (logs.isEmpty()) {
            throw new DevServicesException("There is no log of " + String.join(", ", names) + " in " + state().logs()
                    + ". Start the services first: mvn sync:start.");
        }
        if (follow) {
            Poll.forever(PACE, () -> {
                logs.forEach(Followed::printNew);
                return Optional.empty();
            });
        }
    }

    /** A log and how far it was printed. */
    private static final class Followed {
        private final String name;
        private final LogFile log;
        private final boolean named;
        private long printed;

        Followed(String name, LogFile log, boolean named) {
            this.name = name;
            this.log = log;
            this.named = named;
        }

        void printTail(int lines) {
            printed = log.length();
            print(log.tail(lines, 0));
        }

        void printNew() {
            long length = log.length();
            if (length != printed) {
                // Shorter than before: a new log has taken its place.
                print(log.tail(Integer.MAX_VALUE, length < printed ? 0 : printed));
                printed = length;
            }
        }

        private void print(List<String> text) {
            text.forEach(line -> System.out.println(named ? name + " | " + line : line));
            System.out.flush();
        }
    }
}
