package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every answer of Inbucket's REST API, compared whole. */
class InbucketShapesTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T19:32:08.123456Z"), ZoneOffset.UTC);

    private static final String MULTIPART = """
            From: =?utf-8?q?J=C3=BCrgen_M?= <jm@example.com>
            To: Ann <ann@example.com>, bob@example.com
            Subject: =?utf-8?b?R3LDvMOfZQ==?= and
             more
            X-two: first
            x-TWO: second
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: multipart/alternative; boundary=c

            --c
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            caf=E9
            --c
            Content-Type: text/html; charset=utf-8

            <p>hé</p>
            --c--
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="a b/../ü?.pdf"
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --b
            Content-Type: image/png; name=logo.png
            Content-Disposition: inline
            Content-Id: <logo@x>
            Content-Transfer-Encoding: base64

            AAEC
            --b--
            """;

    private MailServer server;
    private WebClient web;
    private LineClient smtp;

    @BeforeEach
    void start() {
        server = MailServer.start(MailServerConfig.defaults(), CLOCK);
        web = new WebClient(server.httpPort());
        smtp = LineClient.smtp(server.smtpPort());
    }

    @AfterEach
    void stop() {
        smtp.close();
        server.close();
    }

    @Test
    void an_empty_mailbox_is_an_empty_array() {
        HttpResponse<String> reply = web.get("/api/v1/mailbox/nobody");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("[]");
        assertThat(reply.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
    }

    @Test
    void the_list_has_inbuckets_fields_oldest_first() {
        assertThat(smtp.send("jm@example.com", "Ann+x@example.com", "From: jm@example.com\nSubject: one\n\nhi\n"))
                .isEqualTo("250 2.0.0 Mail accepted for delivery");
        smtp.send("envelope@example.com", "ann@elsewhere.example", "Subject: two\n\n");
        assertThat(web.json("/api/v1/mailbox/ann")).isEqualTo(WebClient.parse("""
                                [ { "mailbox": "ann", "id": "20261122T193208-0001", "from": "<jm@example.com>",
                                    "to": [ "<Ann+x@example.com>" ], "subject": "one",
                                    "date": "2026-11-22T19:32:08.123Z", "posix-millis": 1795375928123,
                                    "size": 167, "seen": false },
                                  { "mailbox": "ann", "id": "20261122T193208-0002", "from": "<envelope@example.com>",
                                    "to": [ "<ann@elsewhere.example>" ], "subject": "two",
                                    "date": "2026-11-22T19:32:08.123Z", "posix-millis": 1795375928123,
                                    "size": 147, "seen": false } ]
                                """));
    }

    @Test
    void a_message_has_inbuckets_fields() {
        smtp.send("jm@example.com", "ann@example.com", MULTIPART);
        String link = web.base() + "/serve/mailbox/ann/20261122T193208-0001/attach/";
        assertThat(web.json("/api/v1/mailbox/Ann%40example.com/20261122T193208-0001"))
                .isEqualTo(WebClient.parse("""
                                { "mailbox": "ann", "id": "20261122T193208-0001", "from": "Jürgen M <jm@example.com>",
                                  "to": [ "Ann <ann@example.com>", "<bob@example.com>" ], "subject": "Grüße and more",
                                  "date": "2026-11-22T19:32:08.123Z", "posix-millis": 1795375928123,
                                  "size": 875, "seen": false,
                                  "body": { "text": "café", "html": "<p>hé</p>" },
                                  "header": {
                                    "Return-Path": [ "<jm@example.com>" ],
                                    "Received": [
                                      "from test ([127.0.0.1]) by localhost for <ann>; Sun, 22 Nov 2026 19:32:08 GMT" ],
                                    "From": [ "=?utf-8?q?J=C3=BCrgen_M?= <jm@example.com>" ],
                                    "To": [ "Ann <ann@example.com>, bob@example.com" ],
                                    "Subject": [ "=?utf-8?b?R3LDvMOfZQ==?= and more" ],
                                    "X-Two": [ "first", "second" ],
                                    "Mime-Version": [ "1.0" ],
                                    "Content-Type": [ "multipart/mixed; boundary=b" ] },
                                  "attachments": [
                                    { "filename": "logo.png", "content-type": "image/png",
                                      "download-link": "LINK0/logo.png", "view-link": "LINK0/logo.png",
                                      "md5": "b95f67f61ebb03619622d798f45fc2d3" },
                                    { "filename": "ü?.pdf", "content-type": "application/pdf",
                                      "download-link": "LINK1/%C3%BC%3F.pdf", "view-link": "LINK1/%C3%BC%3F.pdf",
                                      "md5": "5d41402abc4b2a76b9719d911017c592" } ] }
                                """.replace("LINK", link)));
    }

    @Test
    void a_message_without_attachments_has_an_empty_array_of_them() {
        smtp.send("jm@example.com", "ann@example.com", "Subject: plain\n\nhi");
        assertThat(web.json("/api/v1/mailbox/ann/latest").get("attachments")).isEqualTo(WebClient.parse("[]"));
    }

    @Test
    void latest_is_the_newest_message() {
        smtp.send("a@b", "ann@example.com", "Subject: one\n\n");
        smtp.send("a@b", "ann@example.com", "Subject: two\n\n");
        assertThat(web.json("/api/v1/mailbox/ann/latest").get("id").textValue()).isEqualTo("20261122T193208-0002");
        assertThat(web.get("/api/v1/mailbox/ann/latest/source").body()).contains("Subject: two");
    }

    @Test
    void the_source_is_plain_text_with_the_trace_before_what_was_sent() {
        smtp.send("a@b", "ann@example.com", "Subject: one\n\nhi");
        HttpResponse<String> reply = web.get("/api/v1/mailbox/ann/latest/source");
        assertThat(reply.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        assertThat(reply.body())
                .isEqualTo("Return-Path: <a@b>\r\nReceived: from test ([127.0.0.1]) by localhost\r\n"
                        + "  for <ann>; Sun, 22 Nov 2026 19:32:08 GMT\r\nSubject: one\r\n\r\nhi\r\n");
    }

    @Test
    void a_message_can_be_marked_as_seen() {
        smtp.send("a@b", "ann@example.com", "Subject: one\n\n");
        String path = "/api/v1/mailbox/ann/20261122T193208-0001";
        assertThat(web.send("PATCH", path, "{\"seen\":false}").body()).isEqualTo("\"OK\"");
        assertThat(web.json(path).get("seen").booleanValue()).isFalse();
        assertThat(web.send("PATCH", path, "{\"other\":[{}],\"seen\":true}").body())
                .isEqualTo("\"OK\"");
        assertThat(web.json(path).get("seen").booleanValue()).isTrue();
        assertThat(web.json("/api/v1/mailbox/ann").get(0).get("seen").booleanValue())
                .isTrue();
    }

    @Test
    void messages_and_mailboxes_can_be_deleted() {
        smtp.send("a@b", "ann@example.com", "Subject: one\n\n");
        smtp.send("a@b", "ann@example.com", "Subject: two\n\n");
        smtp.send("a@b", "ann@example.com", "Subject: three\n\n");
        assertThat(web.send("DELETE", "/api/v1/mailbox/ann/20261122T193208-0002", "")
                        .body())
                .isEqualTo("\"OK\"");
        assertThat(web.json("/api/v1/mailbox/ann").findValuesAsText("subject")).containsExactly("one", "three");
        assertThat(web.send("DELETE", "/api/v1/mailbox/ann", "").body()).isEqualTo("\"OK\"");
        assertThat(web.get("/api/v1/mailbox/ann").body()).isEqualTo("[]");
    }

    @Test
    void an_unknown_id_is_404() {
        for (String method : List.of("GET", "PATCH", "DELETE")) {
            HttpResponse<String> reply = web.send(method, "/api/v1/mailbox/ann/nothing", "{\"seen\":true}");
            assertThat(reply.statusCode()).as(method).isEqualTo(404);
            assertThat(reply.body()).isEqualTo("mailbox 'ann' has no message 'nothing'\n");
        }
        assertThat(web.get("/api/v1/mailbox/ann/latest").statusCode()).isEqualTo(404);
        assertThat(web.get("/api/v1/mailbox/ann/nothing/source").statusCode()).isEqualTo(404);
    }

    @Test
    void bad_requests_say_what_is_wrong() {
        smtp.send("a@b", "ann@example.com", "Subject: one\n\n");
        assertThat(web.send("PATCH", "/api/v1/mailbox/ann/latest", "{\"seen\":1}"))
                .extracting(HttpResponse::statusCode, HttpResponse::body)
                .containsExactly(400, "the body must be JSON such as {\"seen\":true}\n");
        assertThat(web.send("POST", "/api/v1/mailbox/ann", ""))
                .extracting(HttpResponse::statusCode, HttpResponse::body)
                .containsExactly(405, "POST does nothing here; this path takes GET, DELETE\n");
        assertThat(web.get("/api/v1/mailbox/%40example.com"))
                .extracting(HttpResponse::statusCode, HttpResponse::body)
                .containsExactly(400, "'@example.com' names no mailbox: address has no local part\n");
    }
}
