package dev.tideline.maven.mojo;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceSpec;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One {@code <service>} of the plugin's configuration. Maven fills the fields. */
public class ServiceParameter {

    private static final int LAST_PORT = 65535;

    /**
     * Name of the service: {@code postgres}, {@code external-postgres}, {@code mail} or {@code collector}, or one of your own,
     * which needs {@code <image>} and {@code <port>}. Required.
     */
    private String name;

    /** Version, for Postgres a major such as {@code 16} or a full version; default the newest. */
    private String version = "";

    /**
     * Image, for the Docker provider, instead of {@code <version>}. It must listen on the ports of the image that it
     * replaces: {@code postgres}, {@code inbucket/inbucket} or {@code jaegertracing/jaeger}. A service of your own may run
     * any image.
     */
    private String image = "";

    /** For a service of your own: the port that it listens on inside its container. */
    private String port = "";

    /**
     * For a service of your own: when it is ready. {@code tcp}, {@code http}, {@code http:/path}, {@code log:text} or
     * {@code healthy}; default {@code tcp}.
     */
    private String wait = "";

    /**
     * Settings of the service: for Postgres those of {@code postgresql.conf}, for mail {@code messages-per-mailbox},
     * {@code maximum-age}, {@code total-bytes}, {@code maximum-message-bytes}, {@code allowed-hosts} and {@code tls}, for
     * the collector {@code allowed-hosts}.
     */
    private Map<String, String> settings = new LinkedHashMap<>();

    /** Environment variables of the service. */
    private Map<String, String> environment = new LinkedHashMap<>();

    /** Databases to make, beside {@code postgres}. */
    private List<String> databases = new ArrayList<>();

    /** Roles to make, which may log in: {@code <app>password</app>}. */
    private Map<String, String> roles = new LinkedHashMap<>();

    /** Scripts that run once on fresh data: {@code .sql}, {@code .sql.gz}, or folders of them. */
    private List<File> initScripts = new ArrayList<>();

    String name() {
        if (name == null || name.isBlank()) {
            throw new DevServicesException(
                    "A <service> in the plugin's configuration has no <name>. Give it one, such as <name>postgres</name>.");
        }
        return name.strip();
    }

    ServiceSpec spec(boolean durable) {
        return new ServiceSpec(
                name(),
                version == null ? "" : version.strip(),
                image == null ? "" : image.strip(),
                settings,
                environment,
                databases,
                roles,
                initScripts.stream().map(File::toPath).toList(),
                durable,
                insidePort(),
                wait == null ? "" : wait.strip());
    }

    private int insidePort() {
        if (port == null || port.isBlank()) {
            return 0;
        }
        if (!port.strip().matches("[1-9][0-9]{0,4}") || Integer.parseInt(port.strip()) > LAST_PORT) {
            throw new DevServicesException("Service '" + name() + "' has <port>" + port.strip()
                    + "</port>. Give the port that it listens on inside its container, 1 to " + LAST_PORT + ".");
        }
        return Integer.parseInt(port.strip());
    }
}
