package dev.tideline.mail;

import dev.tideline.mail.store.StoreLimits;
import dev.tideline.mail.tls.TlsConfig;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a {@link MailServer}.
 *
 * @param bind address that all three servers listen on; default 127.0.0.1
 * @param httpPort REST API and page; 0 to 65535, default 0 for a free one
 * @param smtpPort 0 to 65535, default 0 for a free one
 * @param pop3Port 0 to 65535, default 0 for a free one
 * @param limits of the store
 * @param maximumMessageBytes largest message that SMTP accepts; 1 KiB to a quarter of {@code limits.totalBytes()}, default
 *     10,240,000 as in Inbucket or that quarter, whichever is less
 * @param tls TLS for SMTP and POP3; default none
 * @param allowedHosts host names of HTTP requests to accept besides {@code localhost}, {@code *.localhost} and loopback
 *     addresses; lower case, without a port; {@code *} accepts any; default none
 */
public record MailServerConfig(
        InetAddress bind,
        int httpPort,
        int smtpPort,
        int pop3Port,
        StoreLimits limits,
        int maximumMessageBytes,
        Optional<TlsConfig> tls,
        Set<String> allowedHosts) {

    private static final int SMALLEST_MESSAGE = 1024;
    private static final int USUAL_MESSAGE = 10_240_000;

    /** Rejects ports and sizes out of range. */
    public MailServerConfig {
        requirePort("httpPort", httpPort);
        requirePort("smtpPort", smtpPort);
        requirePort("pop3Port", pop3Port);
        tls.ifPresent(offered -> {
            offered.smtpsPort().ifPresent(port -> requirePort("smtpsPort", port));
            offered.pop3sPort().ifPresent(port -> requirePort("pop3sPort", port));
        });
        long largest = limits.totalBytes() / 4;
        if (maximumMessageBytes < SMALLEST_MESSAGE || maximumMessageBytes > largest) {
            throw new IllegalArgumentException("maximumMessageBytes is " + maximumMessageBytes + "; it takes "
                    + SMALLEST_MESSAGE + " to " + largest + ", a quarter of the store's total bytes");
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** The defaults: free ports on the loopback. */
    public static MailServerConfig defaults() {
        StoreLimits limits = StoreLimits.defaults();
        return new MailServerConfig(
                InetAddress.getLoopbackAddress(), 0, 0, 0, limits, usualMessage(limits), Optional.empty(), Set.of());
    }

    public MailServerConfig withPorts(int http, int smtp, int pop3) {
        return new MailServerConfig(bind, http, smtp, pop3, limits, maximumMessageBytes, tls, allowedHosts);
    }

    public MailServerConfig withBind(InetAddress address) {
        return new MailServerConfig(
                address, httpPort, smtpPort, pop3Port, limits, maximumMessageBytes, tls, allowedHosts);
    }

    /** With other limits; a maximum message size that does not fit them any more is reduced. */
    public MailServerConfig withLimits(StoreLimits other) {
        int largest = Math.min(maximumMessageBytes, usualMessage(other));
        return new MailServerConfig(bind, httpPort, smtpPort, pop3Port, other, largest, tls, allowedHosts);
    }

    public MailServerConfig withMaximumMessageBytes(int bytes) {
        return new MailServerConfig(bind, httpPort, smtpPort, pop3Port, limits, bytes, tls, allowedHosts);
    }

    public MailServerConfig withAllowedHosts(Set<String> hosts) {
        return new MailServerConfig(bind, httpPort, smtpPort, pop3Port, limits, maximumMessageBytes, tls, hosts);
    }

    /** With TLS for SMTP and POP3. */
    public MailServerConfig withTls(TlsConfig offered) {
        return new MailServerConfig(
                bind, httpPort, smtpPort, pop3Port, limits, maximumMessageBytes, Optional.of(offered), allowedHosts);
    }

    private static int usualMessage(StoreLimits limits) {
        return (int) Math.min(USUAL_MESSAGE, limits.totalBytes() / 4);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " is " + port + "; a port is 0 (any free one) to 65535");
        }
    }
}
