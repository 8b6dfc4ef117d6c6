package dev.tideline.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which {@code Host} and {@code Origin} headers are accepted: loopback names and addresses, and configured names, each
 * exactly as written. Guards against DNS rebinding: a page on the internet can make its own name resolve to 127.0.0.1
 * and then read the answers, but the Host header contains that name. A name with a trailing dot is another name.
 */
public final class HostRules {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private final Set<String> added;

    /**
     * @param added further host names, without port; {@code *} accepts any {@code Host}, but no foreign {@code Origin}
     */
    public HostRules(Set<String> added) {
        this.added = added.stream().map(HostRules::plain).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether this {@code Host} header is accepted. A request without one comes from no browser, so nobody was tricked.
     */
    public boolean allowsHost(String header) {
        return header == null || added.contains("*") || allowsName(withoutPort(header));
    }

    /** Whether a page of this origin may use the server from a browser. */
    public boolean allowsOrigin(String origin) {
        try {
            URI uri = new URI(origin);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && allowsName(uri.getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether a page of this origin came from this very server, addressed as {@code host}. */
    public boolean sameOrigin(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /**
     * The answer to a rejected client.
     *
     * @param header that was not accepted
     * @param server name of the server, such as {@code collector}
     */
    public String refusal(String header, String server) {
        return "the Host header names " + header + ", but only loopback names are served here"
                + " (a guard against DNS rebinding); add the name to the " + server + "'s allowed hosts if it is yours";
    }

    private boolean allowsName(String host) {
        String name = plain(host);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || LOOPBACK_V4.matcher(name).matches()
                || added.contains(name);
    }

    private static String withoutPort(String header) {
        int colon = header.lastIndexOf(':');
        return colon > header.lastIndexOf(']') ? header.substring(0, colon) : header;
    }

    private static String plain(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        return name;
    }
}
