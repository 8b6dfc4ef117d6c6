package dev.tideline.devservices.launchpad;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/**
 * What a check of a port of this machine finds.
 *
 * @param health {@link Health#LISTENING} or {@link Health#FREE}
 * @param page its address, if it answers HTTP
 */
record PortGlance(Health health, Optional<String> page) {

    private static final int LIMIT_MILLIS = 500;
    private static final int HTTP_ERROR = 400;

    /**
     * Checks a port of 127.0.0.1, for at most half a second per question: does anything listen, and is it a web server?
     */
    static PortGlance at(int port) {
        if (!isListenedOn(port)) {
            return new PortGlance(Health.FREE, Optional.empty());
        }
        String url = "http://127.0.0.1:" + port;
        return new PortGlance(Health.LISTENING, isWebServer(url) ? Optional.of(url) : Optional.empty());
    }

    static boolean isListenedOn(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), LIMIT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static boolean isWebServer(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
            connection.setRequestMethod("HEAD");
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(LIMIT_MILLIS);
            connection.setReadTimeout(LIMIT_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            // A page that requires a password is a page.
            return status > 0 && (status < HTTP_ERROR || status == 401 || status == 403);
        } catch (IOException notHttp) {
            return false;
        }
    }
}
