package dev.tideline.mail.pop3;

import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.tls.TlsOffer;
import dev.tideline.web.DaemonThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The POP3 server: accepts connections, with a thread for each. */
public final class Pop3Front implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pop3Front.class);

    /** RFC 1939 demands at least ten minutes before an idle client is disconnected. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private static final int MOST_CONNECTIONS = 500;

    private final ServerSocket listener;
    private final MailStore store;
    private final TlsOffer tls;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    private Pop3Front(ServerSocket listener, MailStore store, TlsOffer tls) {
        this.listener = listener;
        this.store = store;
        this.tls = tls;
        threads = Executors.newCachedThreadPool(DaemonThreads.named("mail-pop3"));
    }

    /**
     * Starts listening.
     *
     * @param port 0 for a free one
     * @throws UncheckedIOException if the port is taken
     */
    public static Pop3Front start(InetAddress address, int port, MailStore store, TlsOffer tls) {
        try {
            ServerSocket listener = tls.serverSocket();
            listener.bind(new InetSocketAddress(address, port), 128);
            Pop3Front front = new Pop3Front(listener, store, tls);
            front.threads.execute(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("POP3: a connection could not be accepted: {}", e.toString());
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(Math.toIntExact(IDLE.toMillis()));
            connection.setTcpNoDelay(true);
            Pop3Wire wire = Pop3Wire.over(connection);
            if (connections.size() > MOST_CONNECTIONS) {
                wire.error("[SYS/TEMP] more than " + MOST_CONNECTIONS + " connections, try again later");
                wire.flush();
            } else {
                new Pop3Session(wire, store, startTls(connection)).run();
            }
        } catch (IOException gone) {
            LOG.debug("POP3: the client has gone: {}", gone.toString());
        } finally {
            connections.remove(connection);
        }
    }

    private Optional<Pop3Session.StartTls> startTls(Socket connection) {
        return tls.takesCommand() ? Optional.of(() -> Pop3Wire.over(tls.secure(connection))) : Optional.empty();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(Pop3Front::closeQuietly);
        threads.shutdown();
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            LOG.debug("POP3: a socket did not close: {}", e.toString());
        }
    }
}
