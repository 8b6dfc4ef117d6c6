package dev.tideline.mail.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a server offer TLS: STARTTLS (SMTP) and STLS (POP3) on its usual ports, and TLS from the first byte on separate
 * ports.
 *
 * @param folder of the certificate, which is kept so that a client needs to trust it only once; created if absent
 * @param smtpsPort SMTP over TLS; 0 for a free port, empty for none
 * @param pop3sPort POP3 over TLS; 0 for a free port, empty for none
 */
public record TlsConfig(Path folder, Optional<Integer> smtpsPort, Optional<Integer> pop3sPort) {

    /** TLS on the usual ports only. */
    public static TlsConfig in(Path folder) {
        return new TlsConfig(folder, Optional.empty(), Optional.empty());
    }

    /** With TLS from the first byte on these ports as well; 0 for free ones. */
    public TlsConfig withPorts(int smtps, int pop3s) {
        return new TlsConfig(folder, Optional.of(smtps), Optional.of(pop3s));
    }
}
