package dev.tideline.sync.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of an address between {@code @} and {@code /}: exactly one host, as a name, IPv4 or {@code [IPv6]}. */
record HostAndPort(String host, int port) {

    private static final int POSTGRES = 5432;
    private static final Pattern FORM = Pattern.compile(
            "(?:\\[(?<six>[0-9A-Fa-f:.]{2,45})]|(?<name>[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})))(?::(?<port>\\d{0,5}))?");

    static HostAndPort parse(String text) {
        if (text.isEmpty() || text.startsWith(":")) {
            throw PostgresUrlParser.refused(
                    "the address names no host",
                    "Write one, also for this machine: 127.0.0.1. Unix sockets are not supported.");
        }
        if (text.indexOf(',') >= 0) {
            throw PostgresUrlParser.refused(
                    "the address names several hosts, and only one is supported",
                    "Write the address at which writes are accepted.");
        }
        if (text.startsWith("%2F") || text.startsWith("%2f")) {
            throw PostgresUrlParser.refused(
                    "the address names a Unix socket, and only TCP is supported", "Write a host: 127.0.0.1.");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw PostgresUrlParser.refused(
                    "the address has a host or a port that cannot be read",
                    "Write host:port; put an IPv6 address in brackets: [::1]:5432.");
        }
        String digits = form.group("port");
        int port = digits == null || digits.isEmpty() ? POSTGRES : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw PostgresUrlParser.refused("the address has a port that is not from 1 to 65535", "");
        }
        return new HostAndPort(form.group("six") == null ? form.group("name") : form.group("six"), port);
    }

    /** Whether the driver cannot mistake this host for anything else in its address. */
    static boolean isHost(String host) {
        return FORM.matcher(host.indexOf(':') >= 0 ? "[" + host + "]" : host).matches() && !host.startsWith("[");
    }
}
