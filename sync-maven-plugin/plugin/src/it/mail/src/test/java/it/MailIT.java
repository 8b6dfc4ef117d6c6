package it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Test
    void a_mail_sent_by_smtp_is_read_over_http() throws Exception {
        String mailbox = "jane" + System.nanoTime();
        try (Socket socket = new Socket(System.getProperty("smtpHost"), Integer.getInteger("smtpPort"));
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            assertTrue(in.readLine().startsWith("220 "));
            for (String command : List.of(
                    "HELO test",
                    "MAIL FROM:<shop@example.com>",
                    "RCPT TO:<" + mailbox + "@example.com>",
                    "DATA",
                    "Subject: Verify your email\r\n\r\nHello\r\n.",
                    "QUIT")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertTrue(in.readLine().matches("[23].*"), command);
            }
        }
        String answer = ask(HttpRequest.newBuilder(URI.create(System.getProperty("mailboxUrl") + "/api/v1/mailbox/"
                + mailbox + "/wait?subject=Verify&timeout=20s")));
        assertTrue(answer.contains("Verify your email"), answer);
    }

    @Test
    void the_collector_takes_an_export() throws Exception {
        assertEquals(
                "{}",
                ask(HttpRequest.newBuilder(URI.create(System.getProperty("otlpUrl") + "/v1/traces"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .strip());
    }

    private static String ask(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }
}
