package dev.tideline.mail.smtp;

import dev.tideline.mail.tls.TlsOffer;
import java.io.IOException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/** {@code EHLO}. The library's own command offers STARTTLS on a connection that has TLS already. */
final class GreetingCommand extends BaseCommand {

    private final int maximum;
    private final TlsOffer tls;

    GreetingCommand(int maximum, TlsOffer tls) {
        super("EHLO", "Introduce yourself.", "<hostname>");
        this.maximum = maximum;
        this.tls = tls;
    }

    @Override
    public void execute(String line, Session session) throws IOException {
        String[] words = getArgs(line);
        if (words.length < 2) {
            session.sendResponse("501 Syntax: EHLO hostname");
            return;
        }
        session.resetMailTransaction();
        session.setHelo(words[1]);
        String startTls = tls.takesCommand() && !session.isTLSStarted() ? "250-STARTTLS\r\n" : "";
        session.sendResponse("250-localhost\r\n250-8BITMIME\r\n250-SIZE " + maximum + "\r\n" + startTls
                + "250-CHUNKING\r\n250-SMTPUTF8\r\n250-AUTH PLAIN LOGIN\r\n250 Ok");
    }
}
