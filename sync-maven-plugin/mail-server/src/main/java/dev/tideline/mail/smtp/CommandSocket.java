package dev.tideline.mail.smtp;

import dev.tideline.mail.tls.TlsOffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.subethamail.smtp.server.Session;

/** A client's connection whose input is {@link CommandLines}, since the library asks a socket for its input. */
final class CommandSocket extends Socket {

    private final Socket connection;
    private final CommandLines input;

    private CommandSocket(Socket connection) throws IOException {
        this.connection = connection;
        this.input = new CommandLines(connection.getInputStream());
    }

    /** Wraps a session's connection; input read before is not read again. */
    static void installIn(Session session) throws IOException {
        session.setSocket(new CommandSocket(session.getSocket()));
    }

    /**
     * Starts TLS on a session's connection. Commands that were sent in the clear after STARTTLS are dropped with their
     * buffer.
     */
    static void secure(Session session, TlsOffer tls) throws IOException {
        session.setSocket(new CommandSocket(tls.secure(((CommandSocket) session.getSocket()).connection)));
    }

    static CommandLines linesOf(Session session) {
        return ((CommandSocket) session.getSocket()).input;
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return connection.getOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        connection.setSoTimeout(millis);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return connection.getSoTimeout();
    }

    @Override
    public InetAddress getInetAddress() {
        return connection.getInetAddress();
    }

    @Override
    public InetAddress getLocalAddress() {
        return connection.getLocalAddress();
    }

    @Override
    public int getPort() {
        return connection.getPort();
    }

    @Override
    public int getLocalPort() {
        return connection.getLocalPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return connection.getRemoteSocketAddress();
    }

    @Override
    public boolean isConnected() {
        return connection.isConnected();
    }

    @Override
    public boolean isBound() {
        return connection.isBound();
    }

    @Override
    public boolean isClosed() {
        return connection.isClosed();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
