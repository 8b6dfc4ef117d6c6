package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What few programs send and all of it is allowed, or common. */
class OddMailTest {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a@b\"@x            | \"a@b\"",
                "\"a>b\"@x            | a>b",
                "\"jane doe\"@x       | jane doe",
                "\" led\"@x           | \" led\"",
                "\"say \\\"hi\\\"\"@x | \"say \\\"hi\\\"\"",
                "\"a@b+tag\"@x        | \"a@b\"",
                "\"Plain\"@x          | plain",
                "@relay:jane@x        | jane",
            })
    void a_quoted_local_part_is_found_by_the_name_that_the_api_gives(String address, String name) {
        smtp.send("\"from@>\"@x", address, "Subject: quoted\n\nhello");

        JsonNode byAddress = web.json("/api/v1/mailbox/" + encoded(address));
        assertThat(byAddress).hasSize(1);
        assertThat(byAddress.get(0).get("mailbox").asText()).isEqualTo(name);
        assertThat(byAddress.get(0).get("from").asText()).isEqualTo("<\"from@>\"@x>");
        assertThat(web.json("/api/v1/mailbox/" + encoded(name))).isEqualTo(byAddress);
        try (LineClient pop3 = LineClient.pop3(server.pop3Port(), name)) {
            assertThat(pop3.pop3("STAT")).startsWith("+OK 1 ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?utf-8?B?w7w?=                  | ü",
                "=?utf-8?b?w7w=?= =?utf-8?B?w7x4?=| üüx",
                "=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=   | Grüße",
                "=?ISO-8859-1*en-GB?B?4Q?= x      | á x",
                "=?utf-8?q?$1_=5C?=               | $1 \\",
                "=?utf-8*de?q?a?=b                | ab",
            })
    void an_encoded_subject_without_padding_or_with_a_language_is_decoded(String sent, String read) {
        smtp.send("s@x", "jane@x", "Subject: " + sent.strip() + "\n\nhello");

        assertThat(web.json("/api/v1/mailbox/jane").get(0).get("subject").asText())
                .isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello Jane                     | Hello Jane",
                "Meet at 10:30                  | Meet at 10:30",
                "Subject: x\\n\\nbody            | body",
                "From jane Mon Nov 30 10:00:00 2026\\nSubject: x\\n\\nbody | body",
                "X-Field : y\\n\\nbody           | body",
                "\\nbody                         | body",
                "Content-Type: ;;;\\n\\nbody     | body",
                "Content-Type:\\n\\nbody         | body",
            })
    void text_without_a_header_or_a_type_is_the_body(String source, String text) {
        smtp.send("s@x", "jane@x", source.strip().replace("\\n", "\n"));

        JsonNode mail = web.json("/api/v1/mailbox/jane/latest");
        assertThat(mail.get("body").get("text").asText().strip()).isEqualTo(text);
        assertThat(mail.get("attachments")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image/svg+xml; charset=utf-8",
                "image/tiff",
                "image/x-icon",
                "IMAGE/JPG",
                "application/octet-stream; name=\"logo.png\""
            })
    void an_inline_picture_of_any_type_is_shown(String type) {
        String html = picture(type, "<logo@x>", "cid:logo@x");
        String shown = type.startsWith("application")
                ? "image/png"
                : type.replaceFirst(";.*", "").toLowerCase();
        assertThat(html).contains("<img src=\"data:" + shown + ";base64,aGVsbG8=\">");
    }

    @ParameterizedTest
    @CsvSource({
        "<a b%c@x>,            cid:ab%25c@x",
        "<logo@x>,             cid:logo%40x",
        "<logo@x>,             cid:logo&#64;x",
        "<a&b@x>,              cid:a&amp;b@x",
        "<logo%40x>,           cid:logo%40x",
        "<a+b@x>,              cid:a+b@x",
        "<=?utf-8?q?logo=40x?=>, CID:logo@x",
    })
    void an_inline_picture_is_found_however_its_id_is_encoded(String contentId, String reference) {
        assertThat(picture("image/png", contentId, reference)).contains("<img src=\"data:image/png;base64,aGVsbG8=\">");
    }

    @ParameterizedTest
    @CsvSource({
        "ISO-8859-8-I,    f9ece5ed, שלום",
        "iso-8859-8-E,    f9ece5ed, שלום",
        "iso-8859-6-i,    d3e4c7e5, سلام",
        "x-mac-roman,     8e8fe9,   éèÈ",
        "macintosh,       8a,       ä",
        "x-mac-cyrillic,  8ff0e8e2e5f2, Привет",
        "iso-8859-10,     a2bb,     Ēŧ",
        "iso-8859-14,     d0f0,     Ŵŵ",
        "koi8-t,          d0d2,     пр",
        "ks_c_5601-1989,  bec8b3e7, 안녕",
        "x-cp1251,        cff0,     Пр",
    })
    void charsets_that_java_does_not_know_are_read_in_bodies_headers_and_file_names(
            String charset, String hex, String text) {
        String expected = text;
        String q = hex.replaceAll("..", "=$0").toUpperCase();
        String percent = hex.replaceAll("..", "%$0").toUpperCase();
        smtp.send(
                "a@x",
                "charset@x",
                "Subject: =?" + charset + "?Q?" + q + "?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
                        + "Content-Type: text/plain; charset=" + charset
                        + "\nContent-Transfer-Encoding: quoted-printable\n\n" + q + "\n--b\n"
                        + "Content-Type: application/pdf\nContent-Disposition: attachment; filename*=" + charset + "''"
                        + percent + ".pdf\n\nx\n--b--\n");

        JsonNode mail = web.json("/api/v1/mailbox/charset/latest");
        assertThat(mail.get("subject").asText()).isEqualTo(expected);
        assertThat(mail.at("/body/text").asText().strip()).isEqualTo(expected);
        assertThat(mail.at("/attachments/0/filename").asText()).isEqualTo(expected + ".pdf");
    }

    @Test
    void a_chunk_that_is_refused_is_skipped_and_not_run_as_commands() {
        assertThat(smtp.write("BDAT 6 LAST\r\nQUIT\r\n").smtpReply())
                .isEqualTo("503 5.5.1 BDAT needs a sender and a recipient that were accepted; the chunk was skipped");
        assertThat(smtp.smtp("NOOP")).isEqualTo("250 Ok");

        smtp.smtp("MAIL FROM:<a@x>");
        smtp.smtp("RCPT TO:<chunk@x>");
        smtp.write("BDAT 30000\r\n" + "RSET\r\n".repeat(5_000));
        assertThat(smtp.smtpReply()).isEqualTo("552 5.3.4 Message is larger than this server's limit of 20000 bytes");
        smtp.write("BDAT 6 LAST\r\nQUIT\r\n");
        assertThat(smtp.smtpReply()).startsWith("503 5.5.1 ");
        assertThat(smtp.smtp("NOOP")).isEqualTo("250 Ok");
    }

    @Test
    void chunks_make_a_message_whatever_stands_in_them() {
        smtp.smtp("MAIL FROM:<a@x>");
        smtp.smtp("RCPT TO:<chunk@x>");
        smtp.write("BDAT 17\r\nSubject: in two\r\nbdat 9 last\r\n\n.\r\nx\ny\n\nNOOP\r\n");
        assertThat(smtp.smtpReply()).isEqualTo("250 2.0.0 17 bytes received");
        assertThat(smtp.smtpReply()).isEqualTo("250 2.0.0 Mail accepted for delivery");
        assertThat(smtp.smtpReply()).isEqualTo("250 Ok");
        assertThat(web.get("/api/v1/mailbox/chunk/latest/source").body())
                .endsWith("Subject: in two\r\n\n.\r\nx\ny\n\n");
    }

    @Test
    void a_client_that_ends_lines_with_lf_alone_is_answered() {
        try (LineClient bare = new LineClient(server.smtpPort())) {
            bare.smtpReply();
            assertThat(bare.write("HELO me\n").smtpReply()).isEqualTo("250 localhost");
            assertThat(bare.write("MAIL FROM:<a@x>\n").smtpReply()).isEqualTo("250 Ok");
            assertThat(bare.write("RCPT TO:<bare@x>\n").smtpReply()).isEqualTo("250 Ok");
            assertThat(bare.write("DATA\n").smtpReply()).startsWith("354 ");
            assertThat(bare.write("Subject: bare\n\nhello\n.\n").smtpReply()).startsWith("250 ");
            assertThat(bare.write("QUIT\n").smtpReply()).startsWith("221 ");
        }
        assertThat(web.json("/api/v1/mailbox/bare").get(0).get("subject").asText())
                .isEqualTo("bare");
    }

    @Test
    void a_lone_lf_in_the_message_of_a_client_that_knows_crlf_ends_nothing() {
        smtp.send("a@x", List.of("lone@x"), "Subject: lone\r\n\r\na\n.\nb\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(web.get("/api/v1/mailbox/lone/latest/source").body()).contains("a\n.\nb\r\n");
    }

    @Test
    void pop3_lists_the_octets_that_it_sends() {
        smtp.send("a@x", List.of("octets@x"), "Subject: lone\r\n\r\na\nb\n..c\r\nd".getBytes(StandardCharsets.UTF_8));
        try (LineClient pop3 = LineClient.pop3(server.pop3Port(), "octets")) {
            String octets = pop3.pop3("LIST 1").replace("+OK 1 ", "");
            assertThat(pop3.pop3("RETR 1")).isEqualTo("+OK " + octets + " octets");
            int sent = pop3.rest().stream()
                    .mapToInt(line -> (line.startsWith(".") ? line.length() - 1 : line.length()) + 2)
                    .sum();
            assertThat(octets).isEqualTo(String.valueOf(sent));
            assertThat(pop3.pop3("STAT")).isEqualTo("+OK 1 " + sent);
        }
    }

    @Test
    void waiting_for_more_mails_than_a_mailbox_keeps_is_an_error_at_once() {
        try (MailServer small = MailServer.start(MailServerConfig.defaults()
                .withLimits(MailServerConfig.defaults().limits().withMessagesPerMailbox(3)))) {
            assertThat(new WebClient(small.httpPort()).get("/api/v1/mailbox/a/wait?count=4&timeout=5m"))
                    .satisfies(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(400);
                        assertThat(answer.body().strip())
                                .isEqualTo(
                                        "count is '4', but a mailbox keeps 3 messages; start the server with a larger"
                                                + " messages-per-mailbox, or use several mailboxes");
                    });
        }
    }

    private String picture(String type, String contentId, String reference) {
        smtp.send(
                "a@x",
                "picture@x",
                "Subject: picture\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
                        + "<img src=\"" + reference + "\">\n--b\nContent-Type: " + type + "\nContent-ID: " + contentId
                        + "\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\naGVsbG8=\n--b--\n");
        return web.get("/serve/mailbox/picture/latest/html").body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
