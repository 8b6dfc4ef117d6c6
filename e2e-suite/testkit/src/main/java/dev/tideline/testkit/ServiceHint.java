package dev.tideline.testkit;

import dev.tideline.ports.PortConfigException;
import java.util.Map;

/** How a service of this workspace is started, for the message of a test that found nobody at its port. */
final class ServiceHint {
    /** By name in the port table, the service of the plugin that listens there. */
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
     * What to do.
     *
     * @param port where nobody answered
     * @return a remark in parentheses; empty text if the port is none of a service of this workspace
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
