package dev.tideline.devservices.readiness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * Connects to a port. A connection that is closed at once does not count: Docker accepts connections for a container
 * whose program does not listen yet.
 */
public record TcpProbe(String host, int port) {

    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

    /** Docker closes within a few milliseconds. */
    private static final int STAYS_OPEN_MILLIS = 300;

    /**
     * Connects once.
     *
     * @throws IOException if nothing accepts the connection, or it is closed at once
     */
    public void ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
            socket.setSoTimeout(STAYS_OPEN_MILLIS);
            if (socket.getInputStream().read() < 0) {
                throw new IOException(host + ":" + port + " closes connections at once");
            }
        } catch (SocketTimeoutException waitsForItsClient) {
            // It has accepted the connection and waits for a request.
        }
    }
}
