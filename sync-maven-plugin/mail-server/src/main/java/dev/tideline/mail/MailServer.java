package dev.tideline.mail;

import dev.tideline.mail.fault.Faults;
import dev.tideline.mail.http.HttpFront;
import dev.tideline.mail.pop3.Pop3Front;
import dev.tideline.mail.smtp.SmtpFront;
import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.tls.Certificate;
import dev.tideline.mail.tls.TlsConfig;
import dev.tideline.mail.tls.TlsOffer;
import dev.tideline.web.DaemonThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

/**
 * A mail server for development and tests: accepts every mail over SMTP, keeps it in memory, and serves it over POP3,
 * Inbucket's REST API and a page. Nothing is ever forwarded. Thread-safe.
 */
public final class MailServer implements AutoCloseable {

    private final MailStore store;
    private final Faults faults = new Faults();
    private final HttpFront http;
    private final SmtpFront smtp;
    private final Pop3Front pop3;
    private final Optional<Certificate> certificate;
    private final Optional<SmtpFront> smtps;
    private final Optional<Pop3Front> pop3s;

    /** Closed in reverse order of their start. Guarded by this. */
    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    private MailServer(MailServerConfig config, Clock clock) {
        store = new MailStore(config.limits(), clock);
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("mail-timer"));
        timer.setRemoveOnCancelPolicy(true);
        started.push(timer::shutdownNow);
        try {
            certificate = config.tls().map(tls -> certificate(tls, clock));
            smtp = smtp("SMTP", config.smtpPort(), config, TlsOffer.byCommand(certificate));
            pop3 = pop3("POP3", config.pop3Port(), config, TlsOffer.byCommand(certificate));
            smtps = config.tls()
                    .flatMap(TlsConfig::smtpsPort)
                    .map(port -> smtp("SMTPS", port, config, TlsOffer.fromTheStart(certificate.orElseThrow())));
            pop3s = config.tls()
                    .flatMap(TlsConfig::pop3sPort)
                    .map(port -> pop3("POP3S", port, config, TlsOffer.fromTheStart(certificate.orElseThrow())));
            http = start(
                    "HTTP",
                    config.httpPort(),
                    () -> new HttpFront(
                            config.bind(),
                            config.httpPort(),
                            store,
                            faults,
                            certificate,
                            config.allowedHosts(),
                            timer));
            started.push(faults); // closed first: a session delayed by a fault would keep its front from stopping
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts all three servers. When this returns they answer.
     *
     * @throws MailServerException if one cannot listen, naming the protocol and the port; then none is running
     */
    public static MailServer start(MailServerConfig config) {
        return start(config, Clock.systemUTC());
    }

    /** Starts all three servers with another clock, which determines the date and age of messages. */
    public static MailServer start(MailServerConfig config, Clock clock) {
        return new MailServer(config, clock);
    }

    /** The port of the REST API and the page. */
    public int httpPort() {
        return http.port();
    }

    public int smtpPort() {
        return smtp.port();
    }

    public int pop3Port() {
        return pop3.port();
    }

    /** The port of SMTP over TLS, if there is one. */
    public Optional<Integer> smtpsPort() {
        return smtps.map(SmtpFront::port);
    }

    /** The port of POP3 over TLS, if there is one. */
    public Optional<Integer> pop3sPort() {
        return pop3s.map(Pop3Front::port);
    }

    /** The file of the certificate that clients have to trust, if the server offers TLS. */
    public Optional<Path> certificate() {
        return certificate.map(Certificate::file);
    }

    public MailStore store() {
        return store;
    }

    /** Stops listening, cuts every connection and deletes the mail. Closing again does nothing. */
    @Override
    public synchronized void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                throw new MailServerException("a part of the mail server did not stop", e);
            }
        }
    }

    private static Certificate certificate(TlsConfig tls, Clock clock) {
        try {
            return Certificate.in(tls.folder(), clock);
        } catch (IOException e) {
            throw new MailServerException(e.getMessage(), e);
        }
    }

    private SmtpFront smtp(String protocol, int port, MailServerConfig config, TlsOffer tls) {
        return start(
                protocol,
                port,
                () -> SmtpFront.start(
                        config.bind(),
                        port,
                        store,
                        faults,
                        config.maximumMessageBytes(),
                        config.limits().totalBytes(),
                        tls));
    }

    private Pop3Front pop3(String protocol, int port, MailServerConfig config, TlsOffer tls) {
        return start(protocol, port, () -> Pop3Front.start(config.bind(), port, store, tls));
    }

    private <T extends AutoCloseable> T start(String protocol, int port, Supplier<T> front) {
        try {
            T running = front.get();
            started.push(running);
            return running;
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new MailServerException(
                    "the mail server cannot listen for " + protocol + " on port " + port + ": " + cause.getMessage()
                            + "; end what uses the port, or choose another one",
                    e);
        }
    }
}
