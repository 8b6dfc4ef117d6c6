package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitorTest {

    private MailServer server;
    private WebClient web;
    private LineClient smtp;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @BeforeEach
    void start() {
        server = MailServer.start(MailServerConfig.defaults());
        web = new WebClient(server.httpPort());
        smtp = LineClient.smtp(server.smtpPort());
    }

    @AfterEach
    void stop() {
        smtp.close();
        server.close();
    }

    private WebSocket connect(String path, String... header) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        if (header.length > 0) {
            builder.header(header[0], header[1]);
        }
        return builder.buildAsync(URI.create("ws://localhost:" + server.httpPort() + path), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            received.add(text.toString());
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }
                })
                .join();
    }

    private JsonNode next() throws InterruptedException {
        String text = received.poll(20, TimeUnit.SECONDS);
        assertThat(text).as("a message of the websocket").isNotNull();
        return WebClient.parse(text);
    }

    private void mail(String to, String subject) {
        smtp.send("a@b", to, "Subject: " + subject + "\n\n");
    }

    @Test
    void all_mailboxes_are_replayed_in_order_and_then_followed() throws Exception {
        mail("ann", "one");
        mail("bob", "two");
        WebSocket socket = connect("/api/v1/monitor/messages");
        assertThat(next()).isEqualTo(web.json("/api/v1/mailbox/ann").get(0));
        assertThat(next()).isEqualTo(web.json("/api/v1/mailbox/bob").get(0));
        mail("carl", "three");
        assertThat(next()).isEqualTo(web.json("/api/v1/mailbox/carl").get(0));
        assertThat(received).isEmpty();
        socket.abort();
    }

    @Test
    void one_mailbox_is_named_by_any_address_of_it() throws Exception {
        mail("ann", "one");
        mail("bob", "two");
        WebSocket socket = connect("/api/v1/monitor/messages/Bob%2Btag%40example.com");
        assertThat(next().get("subject").textValue()).isEqualTo("two");
        mail("ann", "three");
        mail("bob", "four");
        assertThat(next().get("subject").textValue()).isEqualTo("four");
        socket.abort();
    }

    @Test
    void nothing_is_missed_or_told_twice_between_the_replay_and_what_follows() throws Exception {
        Thread sender = new Thread(() -> {
            for (int i = 0; i < 300; i++) {
                mail("ann", String.valueOf(i));
            }
        });
        sender.start();
        mailUntilSome();
        WebSocket socket = connect("/api/v1/monitor/messages/ann");
        sender.join();
        for (int i = 0; i < 300; i++) {
            assertThat(next().get("subject").textValue()).isEqualTo(String.valueOf(i));
        }
        assertThat(received).isEmpty();
        socket.abort();
    }

    /** Connects in the middle of the stream: once some have come, and before all have. */
    private void mailUntilSome() {
        web.get("/api/v1/mailbox/ann/wait?count=20&timeout=1m");
    }

    @Test
    void a_page_of_another_site_is_refused() {
        assertThatThrownBy(() -> connect("/api/v1/monitor/messages", "Origin", "https://evil.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(e -> assertThat(((WebSocketHandshakeException) e.getCause())
                                .getResponse()
                                .statusCode())
                        .isEqualTo(403));
        connect("/api/v1/monitor/messages", "Origin", web.base()).abort();
    }
}
