package dev.tideline.devservices.readiness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** Sends HTTP requests, without the proxies of this JVM: a dev service is on this machine. */
public record HttpProbe(URI uri) {

    private static final int LIMIT_MILLIS = (int) Duration.ofSeconds(2).toMillis();

    /**
     * Sends a GET once.
     *
     * @throws IOException if the status is not 200, or there is no answer within two seconds
     */
    public void get() throws IOException {
        expectOk("GET", open());
    }

    /**
     * Sends a GET once to a server whose pages are unknown.
     *
     * @throws IOException if the status is 5xx, or there is no answer within two seconds
     */
    public void getAnything() throws IOException {
        HttpURLConnection connection = open();
        connection.setInstanceFollowRedirects(false);
        int status = connection.getResponseCode();
        connection.disconnect();
        if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR) {
            throw new IOException("GET " + uri + " was answered with status " + status);
        }
    }

    /**
     * Sends a POST with an empty body once.
     *
     * @throws IOException if the status is not 200, or there is no answer within two seconds
     */
    public void postNothing(String contentType) throws IOException {
        HttpURLConnection connection = open();
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(0);
        connection.setRequestProperty("Content-Type", contentType);
        try (OutputStream body = connection.getOutputStream()) {
            body.flush();
        }
        expectOk("POST", connection);
    }

    private HttpURLConnection open() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(LIMIT_MILLIS);
        connection.setReadTimeout(LIMIT_MILLIS);
        return connection;
    }

    private void expectOk(String method, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw new IOException(method + " " + uri + " was answered with status " + status);
        }
        // Read to its end, so that the connection is returned and not kept by a closed class loader.
        try (InputStream answer = connection.getInputStream()) {
            answer.transferTo(OutputStream.nullOutputStream());
        }
        connection.disconnect();
    }
}
