package dev.tideline.testkit;

import dev.tideline.ports.WorkspacePorts;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The addresses of this workspace's services, which {@code mvn sync:start} starts under the workspace's port prefix.
 * Immutable.
 *
 * <pre>{@code
 * Workspace workspace = Workspace.current();
 * DriverManager.getConnection(workspace.jdbcUrl("postgres"));
 * app.sendMailTo("127.0.0.1", workspace.port("smtp"));
 * }</pre>
 */
public final class Workspace {
    private final WorkspacePorts ports;

    private Workspace(WorkspacePorts ports) {
        this.ports = Objects.requireNonNull(ports, "ports");
    }

    /**
     * The workspace of this process; see {@link dev.tideline.ports.Workspace#current()}. With the prefix {@code auto}
     * this may register the workspace.
     *
     * @throws dev.tideline.ports.PortConfigException if the prefix is not valid
     */
    public static Workspace current() {
        return of(dev.tideline.ports.Workspace.current().ports());
    }

    public static Workspace of(WorkspacePorts ports) {
        return new Workspace(ports);
    }

    /**
     * The port of a service, named as in the port table, such as {@code smtp}.
     *
     * @throws dev.tideline.ports.PortConfigException if there is no such service
     */
    public int port(String service) {
        return ports.port(service);
    }

    /**
     * The address of a service that speaks HTTP, for example {@code http://127.0.0.1:8102} for {@code directory}.
     *
     * @throws dev.tideline.ports.PortConfigException if there is no such service, or it speaks something else
     */
    public URI url(String service) {
        return URI.create(ports.url(service));
    }

    /**
     * {@code postgres://postgres:postgres@127.0.0.1:8128/postgres} for a Postgres server.
     *
     * @param service {@code postgres} or {@code external-postgres}
     * @throws dev.tideline.ports.PortConfigException if there is no such service
     */
    public String postgresUrl(String service) {
        return "postgres://postgres:postgres@127.0.0.1:" + port(service) + "/postgres";
    }

    /**
     * The same for JDBC: {@code jdbc:postgresql://127.0.0.1:8128/postgres?user=postgres&password=postgres}.
     *
     * @param service {@code postgres} or {@code external-postgres}
     * @throws dev.tideline.ports.PortConfigException if there is no such service
     */
    public String jdbcUrl(String service) {
        return "jdbc:postgresql://127.0.0.1:" + port(service) + "/postgres?user=postgres&password=postgres";
    }

    public MailServer mail() {
        return new MailServer(url("mailbox"), "127.0.0.1", port("smtp"));
    }

    /** The collector's pages and query API, for example {@code http://127.0.0.1:8107}. */
    public URI tracesUrl() {
        return url("traces");
    }

    /** The value of {@code OTEL_EXPORTER_OTLP_ENDPOINT}, for example {@code http://127.0.0.1:8131}. */
    public URI otlpUrl() {
        return url("otlp");
    }

    /** The sync's status API, for example {@code http://127.0.0.1:8101}. */
    public URI adminUrl() {
        return url("admin");
    }

    /** The default folder of the services' logs, {@code .tideline/<prefix>/logs}; it may not exist. */
    public Path logs() {
        return ports.workspace().stateDirectory().resolve(ports.prefix().value() + "/logs");
    }

    @Override
    public String toString() {
        return ports.workspace().root() + " (ports " + ports.prefix().value() + "00 to "
                + ports.prefix().value() + "99)";
    }
}
