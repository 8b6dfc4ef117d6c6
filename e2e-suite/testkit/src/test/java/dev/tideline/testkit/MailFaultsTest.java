package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.mail.MailServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailFaultsTest {
    private dev.tideline.mail.MailServer running;
    private MailServer server;

    @BeforeEach
    void start() {
        running = dev.tideline.mail.MailServer.start(MailServerConfig.defaults());
        server = new MailServer(URI.create("http://127.0.0.1:" + running.httpPort()), "127.0.0.1", running.smtpPort());
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void a_temporary_failure_ends_and_a_refusal_lasts_until_it_is_closed() throws IOException {
        Mailbox alice = Mailbox.create(server, "alice");
        Mailbox bob = Mailbox.create(server, "bob");
        try (MailFaults faults = MailFaults.at(server)) {
            faults.failTemporarily(alice, 1).refuse(bob).delay(alice, Duration.ofMillis(1));

            assertThat(recipient(alice)).isEqualTo("451 4.3.0 Ordered by a test: try again later");
            assertThat(recipient(alice)).isEqualTo("250 Ok");
            assertThat(recipient(bob)).isEqualTo("550 5.1.1 Ordered by a test: no such user");
        }
        assertThat(recipient(bob)).isEqualTo("250 Ok");
    }

    @Test
    void what_the_server_refuses_is_reported_with_its_reason() {
        try (MailFaults faults = MailFaults.at(server)) {
            assertThatThrownBy(() -> faults.order("{\"code\":250}"))
                    .isInstanceOf(MailServerException.class)
                    .hasMessageContaining("with status 400: code is 250; it takes 400 to 499");
            assertThatThrownBy(() -> faults.failTemporarily(Mailbox.create(server, "alice"), 0))
                    .hasMessage("A fault happens at least once, not 0 times");
        }
    }

    private String recipient(Mailbox inbox) throws IOException {
        try (Socket client = new Socket("127.0.0.1", server.smtpPort());
                Scanner answers = new Scanner(client.getInputStream(), StandardCharsets.UTF_8)) {
            OutputStream out = client.getOutputStream();
            out.write(("HELO test\r\nMAIL FROM:<a@x>\r\nRCPT TO:<" + inbox.address() + ">\r\nQUIT\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            answers.nextLine();
            answers.nextLine();
            answers.nextLine();
            return answers.nextLine();
        }
    }
}
