package dev.tideline.mail.smtp;

import dev.tideline.mail.tls.TlsOffer;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * {@code STARTTLS} of RFC 3207. The library's own command would treat what a client, or an attacker, sent in the clear
 * after it as the beginning of TLS.
 */
final class StartTlsCommand extends BaseCommand {

    private static final Logger LOG = LoggerFactory.getLogger(StartTlsCommand.class);

    private final TlsOffer tls;

    StartTlsCommand(TlsOffer tls) {
        super("STARTTLS", "Secures the connection.");
        this.tls = tls;
    }

    @Override
    public void execute(String line, Session session) throws IOException {
        if (!line.strip().equalsIgnoreCase("STARTTLS")) {
            session.sendResponse("501 5.5.4 STARTTLS takes no parameters");
        } else if (!tls.takesCommand()) {
            session.sendResponse("454 4.7.0 This server offers no TLS here; its setting tls=true does");
        } else if (session.isTLSStarted()) {
            session.sendResponse("503 5.5.1 TLS has been started");
        } else if (session.isAuthenticated()) {
            // The library cannot forget a login, and a secured connection must start fresh.
            session.sendResponse("503 5.5.1 STARTTLS comes before AUTH");
        } else {
            session.sendResponse("220 2.0.0 Ready to start TLS");
            secure(session);
        }
    }

    private void secure(Session session) throws IOException {
        try {
            CommandSocket.secure(session, tls);
        } catch (IOException e) {
            LOG.info("SMTP: the TLS handshake with {} failed: {}", session.getRemoteAddress(), e.toString());
            throw e;
        }
        session.resetSmtpProtocol();
        session.setTlsStarted(true);
    }
}
