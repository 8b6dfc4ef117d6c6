package dev.tideline.maven.mail;

import dev.tideline.maven.mail.store.StoreLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A mail server's configuration as words of a command line, each {@code --name=value}.
 *
 * @param config what the words say
 * @param portsFile where to write the ports once the server answers, if anywhere
 * @param endWithStdin whether to end when standard input does, that is, when the parent process is gone
 */
public record MailServerArguments(MailServerConfig config, Optional<Path> portsFile, boolean endWithStdin) {

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "http-port",
            "smtp-port",
            "pop3-port",
            "bind",
            "messages-per-mailbox",
            "maximum-age",
            "total-bytes",
            "maximum-message-bytes",
            "allowed-hosts",
            "ports-file",
            "end-with-stdin"));

    /**
     * Reads the words of a command line; what is absent has the default of {@link MailServerConfig#defaults()}.
     *
     * @throws IllegalArgumentException if a word is unknown, comes twice or has no sensible value; the message says which
     */
    public static MailServerArguments parse(String... words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = word.startsWith("--") ? word.substring(2, equals < 0 ? word.length() : equals) : "";
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown argument '" + word + "'; there are "
                        + KNOWN.stream().map(known -> "--" + known + "=…").collect(Collectors.joining(", ")));
            }
            if (values.putIfAbsent(name, equals < 0 ? "" : word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("--" + name + " is given twice");
            }
        }
        return new MailServerArguments(config(values), portsFile(values), endWithStdin(values));
    }

    private static MailServerConfig config(Map<String, String> values) {
        StoreLimits limits = StoreLimits.defaults();
        if (values.containsKey("messages-per-mailbox")) {
            limits = limits.withMessagesPerMailbox(Math.toIntExact(number(values, "messages-per-mailbox", 0)));
        }
        if (values.containsKey("maximum-age")) {
            limits = limits.withMaximumAge(duration(values.get("maximum-age")));
        }
        limits = limits.withTotalBytes(number(values, "total-bytes", limits.totalBytes()));
        MailServerConfig config = MailServerConfig.defaults()
                .withLimits(limits)
                .withBind(address(values.getOrDefault("bind", "127.0.0.1")))
                .withPorts(
                        Math.toIntExact(number(values, "http-port", 0)),
                        Math.toIntExact(number(values, "smtp-port", 0)),
                        Math.toIntExact(number(values, "pop3-port", 0)))
                .withAllowedHosts(hosts(values.getOrDefault("allowed-hosts", "")));
        return config.withMaximumMessageBytes(
                Math.toIntExact(number(values, "maximum-message-bytes", config.maximumMessageBytes())));
    }

    private static long number(Map<String, String> values, String name, long otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("--" + name + " is '" + text + "'; it takes a number up to 999999999");
        }
        return Long.parseLong(text);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--maximum-age is '" + text + "'; it takes an ISO duration such as PT24H", e);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "--bind is '" + text + "'; it takes an address of this machine such as 127.0.0.1", e);
        }
    }

    private static Set<String> hosts(String text) {
        return Arrays.stream(text.split(","))
                .map(host -> host.strip().toLowerCase(java.util.Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Optional<Path> portsFile(Map<String, String> values) {
        String text = values.getOrDefault("ports-file", "");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--ports-file is '" + text + "', which is no path", e);
        }
    }

    private static boolean endWithStdin(Map<String, String> values) {
        String text = values.getOrDefault("end-with-stdin", "false");
        if (!Set.of("", "true", "false").contains(text)) {
            throw new IllegalArgumentException("--end-with-stdin is '" + text + "'; it takes true or false");
        }
        return !text.equals("false");
    }
}
