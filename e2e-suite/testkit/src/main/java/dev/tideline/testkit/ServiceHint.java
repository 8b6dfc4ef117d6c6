package dev.tideline.testkit;

import dev.tideline.ports.PortConfigException;
import java.util.Map;

/** How to start a service of this workspace, for the message of a test that found nothing at its port. */
final class ServiceHint {
    /** The plugin's service that listens, by name in the port table. */
    private static final Map<String, String> SERVICES = Map.of(
            "postgres", "postgres",
            "external-postgres", "external-postgres",
            "mailbox", "mail",
            "smtp", "mail",
            "pop3", "mail",
            "traces", "collector",
            "otlp", "collector");

    private ServiceHint() {}

    /**
     * What to do if nothing answers on a port: a remark in parentheses; empty if the port is none of this workspace's
     * services.
     */
    static String forPort(int port) {
        return SERVICES.keySet().stream()
                .filter(name -> isAt(port, name))
                .map(SERVICES::get)
                .findFirst()
                .map(service -> " (that is the service " + service
                        + " of this workspace: 'mvn sync:start' starts it; a POM that"
                        + " lists <services> needs <service><name>" + service + "</name></service> among them)")
                .orElse("");
    }

    private static boolean isAt(int port, String name) {
        try {
            return Workspace.current().port(name) == port;
        } catch (PortConfigException noWorkspace) {
            return false;
        }
    }
}
