package dev.tideline.ports;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The ports of one workspace.
 *
 * @param prefix resolved
 * @param table of services
 */
public record WorkspacePorts(Workspace workspace, PortPrefix prefix, PortTable table) {
    public WorkspacePorts {
        Objects.requireNonNull(workspace, "workspace");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(table, "table");
    }

    /**
     * The port of a service in the table.
     *
     * @throws PortConfigException if the table has no such service
     */
    public int port(String service) {
        return prefix.port(table.service(service));
    }

    /**
     * The address of an HTTP service for a program on this machine, for example {@code http://127.0.0.1:8105}, without
     * a slash at the end.
     *
     * @throws PortConfigException if the table has no such service, or it does not speak HTTP
     */
    public String url(String service) {
        ServicePort found = table.service(service);
        if (!found.isHttp()) {
            throw new PortConfigException("Service '" + service
                    + "' does not speak HTTP, so it has no URL. Its port is " + prefix.port(found) + ".");
        }
        return "http://127.0.0.1:" + prefix.port(found);
    }

    /** All ports by service name, in the table's order, as a modifiable copy. */
    public Map<String, Integer> byName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        table.services().forEach(service -> ports.put(service.name(), prefix.port(service)));
        return ports;
    }

    /** The ports as text whose last line ends with a line feed. */
    public String render(PortFormat format) {
        return format.render(this);
    }
}
