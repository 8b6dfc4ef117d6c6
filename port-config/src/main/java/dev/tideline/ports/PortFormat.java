package dev.tideline.ports;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The output formats of a workspace's ports. Every text ends with a line feed. */
public enum PortFormat {
    /** Columns for people. */
    TABLE {
        @Override
        String render(WorkspacePorts ports) {
            return TableText.of(ports);
        }
    },
    /**
     * Lines {@code export TIDELINE_PORT_POSTGRES=8128}, for {@code source} in a shell and for direnv. The prefix itself
     * is not exported: it would outlive the choice that it came from.
     */
    ENV {
        @Override
        String render(WorkspacePorts ports) {
            return ports.table().services().stream()
                    .map(service -> "export " + service.environmentVariable() + "="
                            + ports.prefix().port(service) + "\n")
                    .collect(Collectors.joining());
        }
    },
    /** Lines {@code tideline.port.postgres=8128}, for {@link java.util.Properties}. */
    PROPERTIES {
        @Override
        String render(WorkspacePorts ports) {
            return ports.table().services().stream()
                    .map(service -> service.property() + "=" + ports.prefix().port(service) + "\n")
                    .collect(Collectors.joining());
        }
    },
    /** One JSON object (RFC 8259) with workspace, prefix, origin and the list of services. */
    JSON {
        @Override
        String render(WorkspacePorts ports) {
            return JsonText.of(ports);
        }
    };

    abstract String render(WorkspacePorts ports);

    /**
     * The format with this name: {@code table}, {@code env}, {@code properties} or {@code json}.
     *
     * @throws PortConfigException for any other name
     */
    public static PortFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new PortConfigException(
                        "There is no format '" + name + "' for the ports. Give one of: table, env, properties, json."));
    }
}
