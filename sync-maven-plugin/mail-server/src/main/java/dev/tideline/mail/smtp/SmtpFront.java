package dev.tideline.mail.smtp;

import dev.tideline.mail.fault.Faults;
import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.tls.TlsOffer;
import dev.tideline.web.DaemonThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.subethamail.smtp.auth.LoginAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.MultipleAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.PlainAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.UsernamePasswordValidator;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * The SMTP server: any sender, any recipient, any password or none, 8BITMIME, SMTPUTF8, CHUNKING and SIZE. Mail goes
 * only into the store.
 */
public final class SmtpFront implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 1_000;
    private static final int MOST_RECIPIENTS = 1_000;

    private final SMTPServer server;

    private SmtpFront(SMTPServer server) {
        this.server = server;
    }

    /**
     * Starts listening.
     *
     * @param port 0 for a free one
     * @param maximumMessageBytes a larger message is rejected with 552
     * @param inFlightBytes maximum of all messages being received; beyond it a sender is told to retry (452)
     * @throws RuntimeException if the port is taken, with the cause
     */
    public static SmtpFront start(
            InetAddress address,
            int port,
            MailStore store,
            Faults faults,
            int maximumMessageBytes,
            long inFlightBytes,
            TlsOffer tls) {
        InFlightBytes inFlight = new InFlightBytes(inFlightBytes);
        UsernamePasswordValidator anybody = (user, password, context) -> {};
        SMTPServer server = SMTPServer.port(port)
                .bindAddress(address)
                .hostName("localhost")
                .softwareName("Tideline mail server, keeps all mail here")
                .serverSocketFactory(tls::serverSocket)
                .backlog(512)
                .maxConnections(MOST_CONNECTIONS)
                .maxRecipients(MOST_RECIPIENTS)
                .maxMessageSize(maximumMessageBytes)
                // We write the trace ourselves: the library looks the client's name up in the DNS for its own.
                .insertReceivedHeaders(false)
                .connectionTimeout(5, TimeUnit.MINUTES)
                .executorService(Executors.newCachedThreadPool(DaemonThreads.named("mail-smtp")))
                .authenticationHandlerFactory(new MultipleAuthenticationHandlerFactory(List.of(
                        new PlainAuthenticationHandlerFactory(anybody),
                        new LoginAuthenticationHandlerFactory(anybody))))
                .sessionHandler(new ReadCommandLines())
                .messageHandlerFactory(context -> new Delivery(context, store, faults, maximumMessageBytes, inFlight))
                .build();
        List.of(
                        new GreetingCommand(maximumMessageBytes, tls),
                        new StartTlsCommand(tls),
                        new SizedMailCommand(maximumMessageBytes),
                        new RecipientCommand(),
                        new ContentCommand(),
                        new ChunkCommand())
                .forEach(server.getCommandHandler()::addCommand);
        server.start();
        return new SmtpFront(server);
    }

    private static final class ReadCommandLines implements SessionHandler {
        @Override
        public SessionAcceptance accept(Session session) {
            try {
                CommandSocket.installIn(session);
                return SessionAcceptance.success();
            } catch (IOException gone) {
                return SessionAcceptance.failure(421, "4.4.2 The connection is gone");
            }
        }

        @Override
        public void onSessionEnd(Session session) {
            // A session holds no resources.
        }
    }

    public int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }
}
