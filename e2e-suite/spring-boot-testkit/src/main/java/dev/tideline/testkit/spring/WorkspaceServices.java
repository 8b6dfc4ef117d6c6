package dev.tideline.testkit.spring;

import dev.tideline.ports.Workspace;
import dev.tideline.ports.WorkspacePorts;
import org.springframework.core.env.Environment;

/** Where the services of this workspace are, and which of them the application is to use. */
final class WorkspaceServices {

    /** Before each name of a property; {@code false} leaves that service to the application. */
    static final String PROPERTIES = "tideline.services.";

    private static final String HOST = "127.0.0.1";

    private final WorkspacePorts ports;

    private WorkspaceServices(WorkspacePorts ports) {
        this.ports = ports;
    }

    static WorkspaceServices current() {
        return new WorkspaceServices(Workspace.current().ports());
    }

    static boolean isWanted(Environment environment, String service) {
        return environment.getProperty(PROPERTIES + service, Boolean.class, true);
    }

    String host() {
        return HOST;
    }

    int port(String service) {
        return ports.port(service);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port("postgres") + "/" + database;
    }

    String otlpUrl(String path) {
        return ports.url("otlp") + path;
    }
}
