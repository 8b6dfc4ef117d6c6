package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.process.ProcessIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A user of services: one module of one build, or the command line. Services end when they have no users.
 *
 * @param id distinguishes users of one workspace; letters, digits, dots and hyphens
 * @param description for people
 * @param pid process of the build; 0 for the command line, which stays until {@code stop}
 * @param services names of the services that it uses
 */
public record ServiceUser(String id, String description, long pid, Instant processStartedAt, List<String> services) {

    private static final String COMMAND_LINE = "command-line";

    /** The user that lasts until {@code stop}. */
    public static ServiceUser commandLine(List<String> services) {
        return new ServiceUser(COMMAND_LINE, "the command line", 0, Instant.EPOCH, services);
    }

    /**
     * A module of a build that runs in this process.
     *
     * @param id unique in this process
     * @param description for people
     */
    public static ServiceUser build(String id, String description, List<String> services) {
        ProcessHandle self = ProcessHandle.current();
        return new ServiceUser(self.pid() + "-" + id, description, self.pid(), ProcessIdentity.startOf(self), services);
    }

    /** Whether this user lasts until {@code stop}. */
    public boolean isCommandLine() {
        return id.equals(COMMAND_LINE);
    }

    /** Whether it still needs its services; a build that was killed does not. */
    public boolean isAlive() {
        return isCommandLine()
                || ProcessIdentity.aliveSince(pid, processStartedAt).isPresent();
    }

    /** Whether it is a build in this very process. */
    public boolean isOfThisProcess() {
        return pid == ProcessHandle.current().pid() && isAlive();
    }

    /** This user with the services that it used before as well: one module may start services in several executions. */
    ServiceUser joined(ServiceUser before) {
        List<String> all = Stream.concat(before.services().stream(), services.stream())
                .distinct()
                .toList();
        return new ServiceUser(id, description, pid, processStartedAt, all);
    }

    Properties toProperties() {
        Properties properties = new Properties();
        properties.setProperty("id", id);
        properties.setProperty("description", description);
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("processStartedAt", processStartedAt.toString());
        properties.setProperty("services", String.join(",", services));
        return properties;
    }

    static ServiceUser of(Properties properties) {
        return new ServiceUser(
                properties.getProperty("id"),
                properties.getProperty("description"),
                Long.parseLong(properties.getProperty("pid")),
                Instant.parse(properties.getProperty("processStartedAt")),
                List.of(properties.getProperty("services").split(",")));
    }
}
