package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmtpTest {

    private MailServer server;
    private WebClient web;
    private LineClient smtp;

    @BeforeEach
    void start() {
        server = MailServer.start(MailServerConfig.defaults().withMaximumMessageBytes(20_000));
        web = new WebClient(server.httpPort());
        smtp = LineClient.smtp(server.smtpPort());
    }

    @AfterEach
    void stop() {
        smtp.close();
        server.close();
    }

    @Test
    void offers_what_it_can() {
        assertThat(smtp.smtp("EHLO me").lines())
                .containsExactly(
                        "250-localhost",
                        "250-8BITMIME",
                        "250-SIZE 20000",
                        "250-CHUNKING",
                        "250-SMTPUTF8",
                        "250-AUTH PLAIN LOGIN",
                        "250 Ok");
    }

    @Test
    void any_password_will_do_and_none_too() {
        String secret = Base64.getEncoder().encodeToString("\0user\0secret".getBytes(StandardCharsets.UTF_8));
        assertThat(smtp.smtp("AUTH PLAIN " + secret)).startsWith("235");
        try (LineClient other = LineClient.smtp(server.smtpPort())) {
            assertThat(other.smtp("AUTH LOGIN")).startsWith("334");
            assertThat(other.smtp("dXNlcg==")).startsWith("334");
            assertThat(other.smtp("c2VjcmV0")).startsWith("235");
        }
    }

    @Test
    void each_recipient_finds_the_message_in_its_mailbox() {
        smtp.send("a@b", List.of("one@x", "Two+tag@y", "two@z"), "Subject: s\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(web.json("/api/v1/mailbox/one")).hasSize(1);
        assertThat(web.json("/api/v1/mailbox/two"))
                .as("named twice, delivered once")
                .hasSize(1);
        assertThat(web.json("/api/v1/mailbox/two").get(0).get("to").toString())
                .isEqualTo("[\"<one@x>\",\"<Two+tag@y>\",\"<two@z>\"]");
    }

    @Test
    void unicode_addresses_and_headers_arrive() {
        assertThat(smtp.smtp("MAIL FROM:<jürgen@exämple.com> SMTPUTF8 BODY=8BITMIME"))
                .startsWith("250");
        assertThat(smtp.smtp("RCPT TO:<用户@例え.jp>")).startsWith("250");
        smtp.smtp("DATA");
        smtp.write("From: Jürgen <jürgen@exämple.com>\r\nTo: 用户@例え.jp\r\nSubject: 你好 😀\r\n\r\nÄ\r\n.\r\n")
                .smtpReply();
        JsonNode message = web.json("/api/v1/mailbox/%E7%94%A8%E6%88%B7/latest");
        assertThat(message.get("from").textValue()).isEqualTo("Jürgen <jürgen@exämple.com>");
        assertThat(message.get("to").get(0).textValue()).isEqualTo("<用户@例え.jp>");
        assertThat(message.get("subject").textValue()).isEqualTo("你好 😀");
        assertThat(message.get("body").get("text").textValue()).isEqualTo("Ä\r\n");
    }

    @Test
    void the_null_sender_may_write() {
        assertThat(smtp.send("", "ann@x", "Subject: bounce\n\n")).startsWith("250");
        assertThat(web.json("/api/v1/mailbox/ann/latest").get("from").textValue())
                .isEmpty();
    }

    @Test
    void a_recipient_that_names_no_mailbox_is_refused_with_the_reason() {
        smtp.smtp("MAIL FROM:<a@b>");
        assertThat(smtp.smtp("RCPT TO:<@example.com>"))
                .isEqualTo("553 5.1.3 Cannot take this recipient: address has no local part");
        assertThat(smtp.smtp("RCPT TO:<" + "x".repeat(400) + "@example.com>"))
                .isEqualTo("553 5.1.3 Cannot take this recipient: address is longer than 320 characters");
    }

    @Test
    void a_declared_size_over_the_limit_is_refused_wherever_it_stands_and_however_large_it_is() {
        String refused = "552 5.3.4 Message is larger than this server's limit of 20000 bytes";
        assertThat(smtp.smtp("MAIL FROM:<a@b> SIZE=20001")).isEqualTo(refused);
        assertThat(smtp.smtp("MAIL FROM:<a@b> SIZE=20001 BODY=8BITMIME")).isEqualTo(refused);
        assertThat(smtp.smtp("MAIL FROM:<a@b> SIZE=99999999999999999999")).isEqualTo(refused);
        assertThat(smtp.smtp("MAIL FROM:<a@b> SIZE=many")).isEqualTo("501 5.5.4 SIZE takes a number of bytes");
        assertThat(smtp.smtp("MAIL FROM:<a@b> SIZE=20000")).isEqualTo("250 Ok");
    }

    @Test
    void a_message_over_the_limit_is_refused_and_the_next_one_on_the_connection_is_taken() {
        assertThat(smtp.send(
                        "a@b",
                        "ann@x",
                        "Subject: large\n\n" + "x".repeat(70).concat("\n").repeat(500)))
                .isEqualTo("552 5.3.4 Message is larger than this server's limit of 20000 bytes");
        assertThat(smtp.send("a@b", "ann@x", "Subject: small\n\n")).startsWith("250");
        assertThat(web.json("/api/v1/mailbox/ann").findValuesAsText("subject")).containsExactly("small");
    }

    @Test
    void chunks_make_one_message() {
        smtp.smtp("MAIL FROM:<a@b>");
        smtp.smtp("RCPT TO:<ann@x>");
        smtp.write("BDAT 12\r\nSubject: one");
        assertThat(smtp.smtpReply()).startsWith("250");
        assertThat(smtp.write("BDAT 9 LAST\r\n two\r\n\r\n.").smtpReply()).startsWith("250");
        assertThat(web.json("/api/v1/mailbox/ann/latest").get("subject").textValue())
                .isEqualTo("one two");
    }

    @Test
    void stuffed_dots_are_taken_out() {
        smtp.send("a@b", "ann@x", "Subject: dots\n\n..\n...x");
        assertThat(web.json("/api/v1/mailbox/ann/latest")
                        .get("body")
                        .get("text")
                        .textValue())
                .isEqualTo(".\r\n..x\r\n");
    }

    @Test
    void a_client_cannot_add_header_lines_to_the_trace() {
        smtp.smtp("EHLO evil\u000bX: y");
        smtp.send("a\u0001b@c", "ann@x", "Subject: s\n\n");
        assertThat(web.json("/api/v1/mailbox/ann/latest").get("header").fieldNames())
                .toIterable()
                .containsExactly("Return-Path", "Received", "Subject");
    }

    @Test
    void a_hundred_senders_at_once_lose_nothing() throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(100);
        try {
            List<Future<Void>> sent = senders.invokeAll(IntStream.range(0, 100)
                    .<Callable<Void>>mapToObj(sender -> () -> {
                        try (LineClient client = LineClient.smtp(server.smtpPort())) {
                            for (int i = 0; i < 20; i++) {
                                assertThat(client.send(
                                                "s" + sender + "@x",
                                                List.of("all@x", "box" + sender + "@x"),
                                                ("Subject: " + sender + "/" + i + "\r\n\r\n")
                                                        .getBytes(StandardCharsets.UTF_8)))
                                        .startsWith("250");
                            }
                        }
                        return null;
                    })
                    .toList());
            for (Future<Void> one : sent) {
                one.get();
            }
        } finally {
            senders.shutdownNow();
        }
        for (int sender = 0; sender < 100; sender++) {
            int number = sender;
            assertThat(web.json("/api/v1/mailbox/box" + sender).findValuesAsText("subject"))
                    .containsExactlyElementsOf(IntStream.range(0, 20)
                            .mapToObj(i -> number + "/" + i)
                            .toList());
        }
        assertThat(web.json("/api/v1/mailbox/all"))
                .as("2,000 went to one mailbox")
                .hasSize(500);
    }
}
