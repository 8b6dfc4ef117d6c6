package dev.tideline.mail;

import dev.tideline.mail.store.StoreLimits;
import dev.tideline.mail.tls.TlsConfig;
import dev.tideline.web.Arguments;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A mail server's configuration as a command line of {@code --name=value}.
 *
 * @param portsFile where to write the ports once the server answers, if anywhere
 * @param endWithStdin whether to end when standard input ends, that is, when the parent process is gone
 */
public record MailServerArguments(MailServerConfig config, Optional<Path> portsFile, boolean endWithStdin) {

    private static final Set<String> KNOWN = Set.of(
            "http-port",
            "smtp-port",
            "pop3-port",
            "certificate-folder",
            "smtps-port",
            "pop3s-port",
            "bind",
            "messages-per-mailbox",
            "maximum-age",
            "total-bytes",
            "maximum-message-bytes",
            "allowed-hosts",
            "ports-file",
            "end-with-stdin");

    /**
     * Parses a command line; missing arguments have the defaults of {@link MailServerConfig#defaults()}.
     *
     * @throws IllegalArgumentException if an argument is unknown, given twice or invalid; the message says which
     */
    public static MailServerArguments parse(String... words) {
        Arguments given = Arguments.parse(KNOWN, words);
        return new MailServerArguments(config(given), given.path("ports-file"), given.flag("end-with-stdin"));
    }

    private static MailServerConfig config(Arguments given) {
        StoreLimits usual = StoreLimits.defaults();
        MailServerConfig config = MailServerConfig.defaults()
                .withLimits(new StoreLimits(
                        given.number("messages-per-mailbox", usual.messagesPerMailbox()),
                        given.duration("maximum-age", usual.maximumAge()),
                        given.number("total-bytes", usual.totalBytes())))
                .withBind(given.address("bind", "127.0.0.1"))
                .withPorts(given.number("http-port", 0), given.number("smtp-port", 0), given.number("pop3-port", 0))
                .withAllowedHosts(given.hosts("allowed-hosts"));
        config = config.withMaximumMessageBytes(given.number("maximum-message-bytes", config.maximumMessageBytes()));
        return tls(given).map(config::withTls).orElse(config);
    }

    private static Optional<TlsConfig> tls(Arguments given) {
        Optional<Path> folder = given.path("certificate-folder");
        if (folder.isEmpty() && (given.has("smtps-port") || given.has("pop3s-port"))) {
            throw new IllegalArgumentException("--smtps-port and --pop3s-port need --certificate-folder=…");
        }
        return folder.map(path -> new TlsConfig(path, port(given, "smtps-port"), port(given, "pop3s-port")));
    }

    private static Optional<Integer> port(Arguments given, String name) {
        return given.has(name) ? Optional.of(given.number(name, 0)) : Optional.empty();
    }
}
