package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Pop3Test {

    private MailServer server;
    private LineClient pop3;

    @BeforeEach
    void start() {
        server = MailServer.start(
                MailServerConfig.defaults(), Clock.fixed(Instant.parse("2026-11-22T19:32:08Z"), ZoneOffset.UTC));
        try (LineClient smtp = LineClient.smtp(server.smtpPort())) {
            smtp.send("a@b", "ann@x", "Subject: one\n\n..dot\nlast");
            smtp.send("a@b", "ann@x", "Subject: two\n\n");
        }
        pop3 = LineClient.pop3(server.pop3Port(), "Ann+tag@example.com");
    }

    @AfterEach
    void stop() {
        pop3.close();
        server.close();
    }

    @Test
    void lists_sizes_and_ids_of_messages() {
        assertThat(pop3.pop3("STAT")).isEqualTo("+OK 2 270");
        assertThat(pop3.pop3("LIST")).isEqualTo("+OK 2 messages");
        assertThat(pop3.rest()).containsExactly("1 140", "2 130");
        assertThat(pop3.pop3("UIDL")).isEqualTo("+OK 2 messages");
        assertThat(pop3.rest()).containsExactly("1 20261122T193208-0001", "2 20261122T193208-0002");
        assertThat(pop3.pop3("UIDL 2")).isEqualTo("+OK 2 20261122T193208-0002");
    }

    @Test
    void gives_messages_whole_or_their_top() {
        assertThat(pop3.pop3("RETR 1")).isEqualTo("+OK 140 octets");
        assertThat(pop3.rest())
                .containsExactly(
                        "Return-Path: <a@b>",
                        "Received: from test ([127.0.0.1]) by localhost",
                        "  for <ann>; Sun, 22 Nov 2026 19:32:08 GMT",
                        "Subject: one",
                        "",
                        "..dot",
                        "last");
        assertThat(pop3.pop3("TOP 1 1")).isEqualTo("+OK 140 octets");
        assertThat(pop3.rest()).endsWith("Subject: one", "", "..dot");
        assertThat(pop3.pop3("TOP 1 0")).isEqualTo("+OK 140 octets");
        assertThat(pop3.rest()).endsWith("Subject: one", "");
    }

    @Test
    void deletes_at_quit_and_not_before() {
        assertThat(pop3.pop3("DELE 1")).isEqualTo("+OK message 1 goes at QUIT");
        assertThat(pop3.pop3("STAT")).isEqualTo("+OK 1 130");
        assertThat(pop3.pop3("RETR 1")).isEqualTo("-ERR message 1 is marked as deleted");
        assertThat(server.store().size()).isEqualTo(2);
        assertThat(pop3.pop3("QUIT")).isEqualTo("+OK bye");
        assertThat(server.store().size()).isEqualTo(1);
    }

    @Test
    void a_broken_connection_and_a_reset_delete_nothing() {
        pop3.pop3("DELE 1");
        pop3.pop3("RSET");
        assertThat(pop3.pop3("STAT")).isEqualTo("+OK 2 270");
        pop3.pop3("DELE 2");
        pop3.close();
        pop3 = LineClient.pop3(server.pop3Port(), "ann");
        assertThat(pop3.pop3("STAT")).isEqualTo("+OK 2 270");
    }

    @Test
    void says_what_a_client_did_wrong() {
        try (LineClient stranger = new LineClient(server.pop3Port())) {
            assertThat(stranger.line()).isEqualTo("+OK Tideline mail server ready");
            assertThat(stranger.pop3("STAT"))
                    .isEqualTo("-ERR log in first: USER <mailbox>, then PASS with any password");
            assertThat(stranger.pop3("PASS x")).isEqualTo("-ERR USER comes first");
        }
        assertThat(pop3.pop3("RETR 3")).isEqualTo("-ERR no message '3'; there are 2");
        assertThat(pop3.pop3("RETR x")).isEqualTo("-ERR no message 'x'; there are 2");
        assertThat(pop3.pop3("TOP 1"))
                .isEqualTo("-ERR TOP takes a message's number and a number of lines, such as TOP 1 10");
        assertThat(pop3.pop3("XYZ")).isEqualTo("-ERR unknown command XYZ");
    }

    @Test
    void a_message_that_went_meanwhile_is_an_error_of_its_own() {
        server.store().purge(dev.tideline.mail.store.MailboxName.of("ann"));
        assertThat(pop3.pop3("RETR 1"))
                .isEqualTo("-ERR message 1 is gone: it was deleted elsewhere, or made room for newer mail");
    }
}
