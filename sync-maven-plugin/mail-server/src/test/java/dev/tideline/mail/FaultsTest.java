package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble on request, as {@code docs/mail.md} describes it. */
class FaultsTest {

    private MailServer server;
    private WebClient web;
    private LineClient smtp;

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

    @Test
    void a_recipient_is_refused_and_the_others_are_not() {
        order("{\"recipient\":\"Jane+x@example.com\",\"code\":550,\"message\":\"5.1.1 No such user\"}");

        smtp.smtp("MAIL FROM:<a@x>");
        assertThat(smtp.smtp("RCPT TO:<jane@x>")).isEqualTo("550 5.1.1 No such user");
        assertThat(smtp.smtp("RCPT TO:<bob@x>")).isEqualTo("250 Ok");
        assertThat(smtp.smtp("DATA")).startsWith("354");
        assertThat(smtp.write("Subject: s\r\n\r\n.\r\n").smtpReply()).startsWith("250");
        assertThat(web.json("/api/v1/mailbox/jane")).isEmpty();
        assertThat(web.json("/api/v1/mailbox/bob")).hasSize(1);
    }

    @Test
    void a_temporary_failure_is_over_after_so_many_times() {
        order("{\"recipient\":\"jane\",\"code\":451,\"times\":2}");

        smtp.smtp("MAIL FROM:<a@x>");
        assertThat(List.of(smtp.smtp("RCPT TO:<jane@x>"), smtp.smtp("RCPT TO:<jane@x>"), smtp.smtp("RCPT TO:<jane@x>")))
                .containsExactly(
                        "451 4.3.0 Ordered by a test: try again later",
                        "451 4.3.0 Ordered by a test: try again later",
                        "250 Ok");
        assertThat(web.json("/api/v1/faults").get(0).get("happened").asInt()).isEqualTo(2);
    }

    @Test
    void a_whole_message_fails_by_its_sender() {
        order("{\"sender\":\"@Shop\",\"at\":\"data\",\"code\":552,\"message\":\"5.2.2 Mailbox full\"}");

        assertThat(smtp.send("news@shop.example", "jane@x", "Subject: one\n\n")).isEqualTo("552 5.2.2 Mailbox full");
        assertThat(smtp.send("news@other.example", "jane@x", "Subject: two\n\n"))
                .startsWith("250");
        assertThat(web.json("/api/v1/mailbox/jane").findValuesAsText("subject")).containsExactly("two");
    }

    @Test
    void a_delay_holds_only_the_mail_that_it_is_for_and_ends_with_the_server() {
        order("{\"recipient\":\"slow\",\"delay_ms\":300000}");

        smtp.smtp("MAIL FROM:<a@x>");
        smtp.write("RCPT TO:<slow@x>\r\n");
        try (LineClient other = LineClient.smtp(server.smtpPort())) {
            assertThat(other.send("a@x", "fast@x", "Subject: fast\n\n")).startsWith("250");
        }
        server.close();
        assertThat(smtp.line())
                .satisfiesAnyOf(
                        line -> assertThat(line).isNull(),
                        line -> assertThat(line).isEqualTo("421 4.3.2 The mail server is stopping"));
    }

    @Test
    void a_delayed_mail_is_taken_afterwards() {
        order("{\"recipient\":\"late\",\"delay_ms\":50}");

        long began = System.nanoTime();
        assertThat(smtp.send("a@x", "late@x", "Subject: late\n\n")).startsWith("250");
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(50_000_000L);
    }

    @Test
    void faults_are_listed_and_deleted_one_by_one_or_all_at_once() {
        String first = order("{\"code\":550}");
        order("{\"code\":451}");

        assertThat(first)
                .isEqualTo(
                        "{\"id\":\"1\",\"recipient\":null,\"sender\":\"\",\"at\":\"recipient\",\"code\":550,\"message\":\"5.7.1"
                                + " Ordered by a test: refused\",\"delay_ms\":0,\"times\":0,\"happened\":0}");
        assertThat(web.send("DELETE", "/api/v1/faults/1", "").body()).isEqualTo("\"OK\"");
        assertThat(web.send("DELETE", "/api/v1/faults/1", "").statusCode()).isEqualTo(404);
        assertThat(web.json("/api/v1/faults")).hasSize(1);
        assertThat(web.send("DELETE", "/api/v1/faults", "").statusCode()).isEqualTo(200);
        assertThat(web.json("/api/v1/faults")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"code\":250} | code is 250; it takes 400 to 499 for a failure that may be tried again, 500 to 599"
                        + " for one that may not, or 0 for none",
                "{\"recipient\":\"a\"} | this changes nothing; give a code, a delay_ms or both",
                "{\"code\":550,\"to\":\"a\"} | unknown field 'to'; a fault takes at, code, delay_ms, message,"
                        + " recipient, sender, times",
                "{\"code\":550,\"at\":\"ehlo\"} | at is 'ehlo'; it takes recipient or data",
                "{\"delay_ms\":300001} | delay_ms is 300001; it takes 0 to 300000",
                "{\"code\":\"many\"} | code is 'many'; it takes a whole number",
                "[] | the body must be JSON such as {\"recipient\":\"jane\",\"code\":451,\"times\":2}",
            })
    void what_could_not_happen_is_refused(String fault, String message) {
        HttpResponse<String> answer = web.send("POST", "/api/v1/faults", fault);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body().strip()).isEqualTo(message);
    }

    private String order(String fault) {
        HttpResponse<String> answer = web.send("POST", "/api/v1/faults", fault);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
