package dev.tideline.mail.http;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Which names a request may call this server by. A page on the internet can have its own name resolve to 127.0.0.1 and
 * then read the answers (DNS rebinding); it cannot change the Host header, which has that name. So only names that mean
 * this machine are answered, and those that the user added.
 */
final class AllowedHosts {

    private final Set<String> added;

    AllowedHosts(Set<String> added) {
        this.added = Set.copyOf(added);
    }

    /** Whether a Host header, with or without a port, is one of ours. */
    boolean allowsHost(String host) {
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.\\d{1,3}){3}")
                || name.equals("[::1]")
                || added.contains(name)
                || added.contains("*");
    }

    /**
     * Whether a browser sent the request from a page of this very server. No Origin means that it was no page of another
     * site that asks to change something or to open a websocket, so that programs need none.
     */
    boolean allowsOrigin(String origin, String host) {
        if (origin == null) {
            return true;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
