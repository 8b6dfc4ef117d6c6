package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailMessageTest {

    @Test
    void finds_the_links_that_a_reader_can_follow() {
        MailMessage mail = mail("""
                Go to https://app.example.com/verify?code=abc&user=1.
                (or see https://help.example.com/faq_(mail)), and https://help.example.com/faq).
                """, """
                <p><a href="https://app.example.com/verify?code=abc&amp;user=1">Verify</a>
                <a href=https://app.example.com/home>Home</a> <a href="mailto:help@example.com">Help</a>
                <!-- <a href="https://app.example.com/old">Old</a> --> <a href="#top">Top</a>
                <form action="https://app.example.com/unsubscribe" method="post"></form>""");

        assertThat(mail.links())
                .containsExactly(
                        URI.create("https://app.example.com/verify?code=abc&user=1"),
                        URI.create("https://app.example.com/home"),
                        URI.create("https://app.example.com/unsubscribe"),
                        URI.create("https://help.example.com/faq_(mail)"),
                        URI.create("https://help.example.com/faq"));
        assertThat(mail.link("/verify?")).isEqualTo(mail.links().get(0));
    }

    @Test
    void says_which_links_there_are_when_the_wanted_one_is_not_alone() {
        MailMessage mail = mail("https://a.example/1 https://a.example/2", "");

        assertThatThrownBy(() -> mail.link("/3"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        The mail "Hello" should have one link with '/3' and has none; its links are
                          https://a.example/1
                          https://a.example/2""");
        assertThatThrownBy(() -> mail.link("a.example")).hasMessage("""
                        The mail "Hello" should have one link with 'a.example' and has 2; its links are
                          https://a.example/1
                          https://a.example/2""");
        assertThatThrownBy(() -> mail("", "").link("/verify"))
                .hasMessage("The mail \"Hello\" should have one link with '/verify' and has none; it has no links");
    }

    @Test
    void finds_codes_and_leaves_other_numbers_alone() {
        assertThat(mail("Your code is 123456.", "").code()).isEqualTo("123456");
        assertThat(mail("", "<h1 style='width:1234px'><b>1234</b> 5678</h1>").codes())
                .containsExactly("1234", "5678");
        assertThat(mail("123-456, or 987 654.", "<b>123456</b>").codes()).containsExactly("123456", "987654");
        assertThat(mail("""
                                Order #4711, 1234567890, 12:3456, 10.5000, +49 1234, https://a.example/123456
                                v2026 a1234 12345x""", "").codes()).containsExactly("1234");
        assertThatThrownBy(() -> mail("1111 2222", "").code()).hasMessage("""
                        The mail "Hello" should have one code of 4 to 8 digits and has 2; its codes are
                          1111
                          2222""");
    }

    @Test
    void a_snapshot_holds_what_stays_the_same_from_run_to_run() {
        MailContent content = new MailContent(
                "text",
                "",
                Map.of(
                        "Date", List.of("Sun, 22 Nov 2026 10:00:00 +0000"),
                        "Message-ID", List.of("<1@x>"),
                        "Received", List.of("from a", "from b"),
                        "Subject", List.of("Hello"),
                        "List-Unsubscribe", List.of("<https://a.example/u?t=1>"),
                        "Content-Type", List.of("multipart/mixed; boundary=\"--=_1\"; charset=utf-8"),
                        "MIME-Version", List.of("1.0")),
                List.of(new MailAttachment("a.pdf", "application/pdf", URI.create("http://x/1"), "0cc1")));
        MailMessage mail = mail(Optional.of(content));

        assertThat(mail.snapshot().without("List-Unsubscribe"))
                .isEqualTo(new MailSnapshot(
                        "Shop <shop@example.com>",
                        List.of("<bob@example.com>"),
                        "Hello",
                        Map.of(
                                "content-type", List.of("multipart/mixed; charset=utf-8"),
                                "mime-version", List.of("1.0")),
                        List.of("a.pdf (application/pdf, md5 0cc1)")))
                .hasToString("MailSnapshot[from=Shop <shop@example.com>, to=[<bob@example.com>], subject=Hello,"
                        + " headers={content-type=[multipart/mixed; charset=utf-8], mime-version=[1.0]},"
                        + " attachments=[a.pdf (application/pdf, md5 0cc1)]]");
        assertThat(mail.header("MESSAGE-id")).containsExactly("<1@x>");
        assertThat(mail.header("X-None")).isEmpty();
    }

    @Test
    void a_mail_without_its_body_says_why_it_cannot_be_read() {
        MailMessage mail = mail(Optional.empty());

        assertThatThrownBy(mail::text)
                .hasMessage("The mail \"Hello\" was fetched without its body: leave out NO_BODY to read inside it");
        assertThat(mail.snapshot())
                .isEqualTo(new MailSnapshot(
                        "Shop <shop@example.com>", List.of("<bob@example.com>"), "Hello", Map.of(), List.of()));
        assertThat(mail)
                .hasToString("\"Hello\" from Shop <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:00Z");
    }

    private static MailMessage mail(String text, String html) {
        return mail(Optional.of(new MailContent(text, html, Map.of(), List.of())));
    }

    private static MailMessage mail(Optional<MailContent> content) {
        return new MailMessage(
                "bob",
                "1",
                "Shop <shop@example.com>",
                List.of("<bob@example.com>"),
                "Hello",
                Instant.parse("2026-11-22T10:00:00Z"),
                100,
                false,
                content);
    }
}
