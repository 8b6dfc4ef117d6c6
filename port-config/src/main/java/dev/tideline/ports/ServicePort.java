package dev.tideline.ports;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One service of the port table. Services that are not in {@link PortTable#standard()} may use other suffixes of the
 * workspace's block.
 *
 * @param suffix the last two digits of the port, 0 to 99
 * @param name short name in lower case, words joined by hyphens, for example {@code external-postgres}
 * @param kind of protocol
 * @param description the service in words, for people
 */
public record ServicePort(int suffix, String name, Kind kind, String description) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** The protocol on a port. */
    public enum Kind {
        /** HTTP, with a page for people at its root. */
        PAGE,
        /** HTTP for programs only. */
        HTTP,
        /** Any other protocol over TCP. */
        TCP
    }

    /**
     * @throws IllegalArgumentException if the suffix is not 0 to 99, or the name is not lower-case words with hyphens
     */
    public ServicePort {
        if (suffix < 0 || suffix > 99) {
            throw new IllegalArgumentException("Suffix " + suffix + " of service '" + name + "' is not 00 to 99.");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Service name '" + name
                    + "' is not lower-case words joined by hyphens, such as external-postgres.");
        }
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(description, "description");
    }

    /** Whether the service speaks HTTP, with or without a page. */
    public boolean isHttp() {
        return kind != Kind.TCP;
    }

    /** Whether the port has a page for a browser. */
    public boolean isPage() {
        return kind == Kind.PAGE;
    }

    /** The two digits of the suffix, for example {@code 05}. */
    public String suffixText() {
        return (suffix < 10 ? "0" : "") + suffix;
    }

    /** The environment variable of this service's port, for example {@code TIDELINE_PORT_EXTERNAL_POSTGRES}. */
    public String environmentVariable() {
        return "TIDELINE_PORT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The property of this service's port, for example {@code tideline.port.external-postgres}. */
    public String property() {
        return "tideline.port." + name;
    }
}
