package dev.tideline.sync.admin;

import dev.tideline.sync.config.AdminConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The host names that this server answers to. Another site can make its own name resolve to our address, so other names
 * are rejected; numeric addresses are safe. Immutable.
 */
final class Hosts {

    private final Set<String> names = new HashSet<>(Set.of("localhost"));

    Hosts(AdminConfig config) {
        names.add(config.bind().toLowerCase(Locale.ROOT));
        config.hosts().forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
        try {
            names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException e) {
            // then nobody uses that name
        }
    }

    /**
     * @param host as in the header, with or without a port; null if there is none
     */
    boolean ours(String host) {
        String name = name(host);
        return name != null && (names.contains(name) || name.endsWith(".localhost") || isNumber(name));
    }

    /** @param origin as in the header: a scheme and a host, or {@code null} */
    static boolean same(String origin, String host) {
        try {
            URI uri = URI.create(origin);
            return uri.getRawAuthority() != null
                    && host != null
                    && withPort(uri.getRawAuthority(), uri.getScheme()).equals(withPort(host, uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withPort(String authority, String scheme) {
        String lower = authority.toLowerCase(Locale.ROOT);
        boolean hasPort = lower.matches(".*:\\d+$") && !lower.endsWith("]");
        return hasPort ? lower : lower + ("https".equals(scheme) ? ":443" : ":80");
    }

    private static String name(String host) {
        if (host == null || host.isEmpty()) {
            return null;
        }
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[")) {
            return lower.matches("\\[[0-9a-f:.]+](:\\d+)?") ? lower.substring(1, lower.indexOf(']')) : null;
        }
        return lower.replaceFirst(":\\d+$", "");
    }

    private static boolean isNumber(String name) {
        return name.matches("\\d{1,3}(\\.\\d{1,3}){3}") || name.contains(":");
    }
}
