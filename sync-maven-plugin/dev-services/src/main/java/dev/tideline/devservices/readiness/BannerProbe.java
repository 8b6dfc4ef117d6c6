package dev.tideline.devservices.readiness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads the greeting of a mail protocol, and says goodbye.
 *
 * @param greeting its beginning: {@code "220 "} for SMTP, {@code "+OK"} for POP3
 */
public record BannerProbe(String host, int port, String greeting) {

    private static final int LIMIT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

    /**
     * Connects once.
     *
     * @throws IOException if the greeting is another one, or does not come within two seconds
     */
    public void ask() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), LIMIT_MILLIS);
            socket.setSoTimeout(LIMIT_MILLIS);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            if (line == null || !line.startsWith(greeting)) {
                throw new IOException(
                        host + ":" + port + " greets with '" + line + "' instead of '" + greeting.strip() + " …'");
            }
            socket.getOutputStream().write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
