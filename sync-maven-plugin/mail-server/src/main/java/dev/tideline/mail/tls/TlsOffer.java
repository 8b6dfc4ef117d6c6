package dev.tideline.mail.tls;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * How connections to one port are secured.
 *
 * @param context with the certificate; empty if there is no TLS
 * @param implicit whether TLS begins with the first byte, rather than by a command of the client
 */
public record TlsOffer(Optional<SSLContext> context, boolean implicit) {

    /** TLS by a command of the client, if there is a certificate. */
    public static TlsOffer byCommand(Optional<Certificate> certificate) {
        return new TlsOffer(certificate.map(Certificate::context), false);
    }

    /** TLS from the first byte. */
    public static TlsOffer fromTheStart(Certificate certificate) {
        return new TlsOffer(Optional.of(certificate.context()), true);
    }

    /** A server socket that is not bound yet. */
    public ServerSocket serverSocket() throws IOException {
        return implicit ? context.orElseThrow().getServerSocketFactory().createServerSocket() : new ServerSocket();
    }

    /** Whether a client of a port that is not secured yet may start TLS. */
    public boolean takesCommand() {
        return context.isPresent() && !implicit;
    }

    /**
     * Starts TLS on a connection at its client's request. Earlier input is not part of it. If it fails, the connection
     * is closed, since nothing may be sent in the clear any more.
     */
    public SSLSocket secure(Socket connection) throws IOException {
        try {
            SSLSocket secured =
                    (SSLSocket) context.orElseThrow().getSocketFactory().createSocket(connection, null, true);
            secured.startHandshake();
            return secured;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }
}
