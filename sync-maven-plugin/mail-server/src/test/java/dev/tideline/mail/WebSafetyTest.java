package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may ask, and what hostile mail can do to whoever reads it. */
class WebSafetyTest {

    private MailServer server;
    private WebClient web;

    @BeforeEach
    void start() {
        server = MailServer.start(MailServerConfig.defaults().withAllowedHosts(Set.of("mail.example")));
        web = new WebClient(server.httpPort());
        try (LineClient smtp = LineClient.smtp(server.smtpPort())) {
            smtp.send(
                    "a@b",
                    "a/b c?@x",
                    "Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
                            + "<script>alert(1)</script><img src=cid:logo><img src='cid:evil'>\n--b\n"
                            + "Content-Type: image/png\nContent-Id: <logo>\nContent-Transfer-Encoding: base64\n\nAAEC\n"
                            + "--b\nContent-Type: text/html; name=\"x\\\"; evil.html\"\nContent-Id: <evil>\n"
                            + "Content-Disposition: attachment\n\n<script>alert(2)</script>\n--b--\n");
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String raw(String request) {
        try (LineClient client = new LineClient(server.httpPort())) {
            client.write(request.replace("\n", "\r\n"));
            StringBuilder reply = new StringBuilder();
            for (String line = client.line(); line != null; line = client.line()) {
                reply.append(line).append('\n');
            }
            return reply.toString();
        }
    }

    private String statusFor(String host) {
        return raw("GET /api/v1/mailbox/x HTTP/1.1\nHost: " + host + "\nConnection: close\n\n")
                .substring(9, 12);
    }

    @Test
    void only_names_of_this_machine_are_answered() {
        for (String host : new String[] {
            "localhost",
            "localhost:8105",
            "LOCALHOST",
            "127.0.0.1:1",
            "127.1.2.3",
            "[::1]:8105",
            "tideline.localhost",
            "mail.example:80"
        }) {
            assertThat(statusFor(host)).as(host).isEqualTo("200");
        }
        for (String host : new String[] {
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "127.evil.example",
            "10.0.0.1",
            "localhost.",
            ""
        }) {
            assertThat(statusFor(host)).as(host).isIn("403", "400");
        }
        assertThat(raw("GET / HTTP/1.1\nHost: evil.example\nConnection: close\n\n"))
                .endsWith(
                        "\n\nthe Host header names evil.example, but only loopback names are served here (a guard against"
                                + " DNS rebinding); add the name to the mail server's allowed hosts if it is yours\n");
    }

    @Test
    void a_page_of_another_site_cannot_change_anything() {
        String request = "DELETE /api/v1/mailbox/x HTTP/1.1\nHost: localhost\nConnection: close\nOrigin: ";
        assertThat(raw(request + "https://evil.example\n\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(request + "ftp://localhost\n\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(request + "null\n\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(request + "http://localhost\n\n")).startsWith("HTTP/1.1 200");
    }

    @Test
    void links_are_encoded_and_lead_to_the_attachment() {
        String link = web.json("/api/v1/mailbox/a%2Fb%20c%3F%40x/latest")
                .get("attachments")
                .get(1)
                .get("download-link")
                .textValue();
        assertThat(link)
                .startsWith(web.base() + "/serve/mailbox/a%2Fb%20c%3F/")
                .endsWith("/attach/1/x%22%3B%20evil.html");
        HttpResponse<String> reply = web.get(link.substring(web.base().length()));
        assertThat(reply.body()).isEqualTo("<script>alert(2)</script>");
        assertThat(reply.headers().map())
                .containsEntry(
                        "content-disposition", java.util.List.of("attachment; filename*=UTF-8''x%22%3B%20evil.html"))
                .containsEntry("x-content-type-options", java.util.List.of("nosniff"))
                .containsEntry(
                        "content-security-policy",
                        java.util.List.of("sandbox; default-src 'none'; frame-ancestors 'none'"));
    }

    @Test
    void html_is_served_without_any_right_and_with_its_own_pictures_only() {
        String id = web.json("/api/v1/mailbox/a%2Fb%20c%3F/latest").get("id").textValue();
        HttpResponse<String> reply = web.get("/serve/mailbox/a%2Fb%20c%3F/" + id + "/html");
        assertThat(reply.body())
                .contains("<img src=data:image/png;base64,AAEC>")
                .contains("<img src='cid:evil'>");
        assertThat(reply.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';")
                .doesNotContain("allow-scripts")
                .doesNotContain("allow-same-origin");
    }

    @Test
    void the_page_loads_nothing_from_elsewhere() {
        HttpResponse<String> page = web.get("/mailbox/ann");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self';");
        for (String file : new String[] {"/", "/assets/mail.css", "/assets/mail.js"}) {
            String text = web.get(file).body();
            assertThat(text)
                    .as(file)
                    .isNotBlank()
                    .doesNotContain("//cdn")
                    .doesNotContainPattern("https?://(?!127\\.0\\.0\\.1|localhost)");
        }
        assertThat(web.get("/assets/../mail.js").statusCode()).isEqualTo(404);
    }

    @Test
    void broken_paths_and_large_bodies_are_refused() {
        assertThat(raw("GET /api/v1/mailbox/%zz HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/v1/mailbox/%ff HTTP/1.1\nHost: localhost\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(web.send("PATCH", "/api/v1/mailbox/a/b", "x".repeat(100_000)).statusCode())
                .isEqualTo(413);
    }
}
