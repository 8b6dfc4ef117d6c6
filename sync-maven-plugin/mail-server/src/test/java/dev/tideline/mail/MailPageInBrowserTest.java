package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.browser.Chromium;
import dev.tideline.browser.Looks;
import dev.tideline.browser.Tab;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page to read mail, as a person meets it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock("chromium")
class MailPageInBrowserTest {

    private final AtomicInteger boxes = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer foreign;
    private Chromium chromium;
    private MailServer server;
    private WebClient web;

    @BeforeAll
    void start() throws Exception {
        chromium = Chromium.start();
        server = MailServer.start(MailServerConfig.defaults());
        web = new WebClient(server.httpPort());
        foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        foreign.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        foreign.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (server != null) {
            server.close();
            foreign.stop(0);
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void mail_shows_up_as_it_arrives_and_is_read_by_keyboard() {
        String box = newBox();
        Tab tab = open("/mailbox/" + box);
        tab.await("the page is connected", "document.querySelector('#live').innerText.trim() === 'live'");
        assertThat(tab.text("#empty")).isEqualTo("No mail yet. It shows up here as it arrives.");

        send(box, "Subject: Verify your email\nFrom: Shop <shop@example.com>\n\nYour code is 4711.\n");
        tab.await(
                "the mail is listed",
                "document.querySelector('#list .subject')?.firstChild.data === 'Verify your email'");
        send(box, "Subject: Welcome\n\nHello\n");
        tab.await(
                "the newest stands first",
                "[...document.querySelectorAll('#list .subject')].map(s => s.firstChild.data).join()"
                        + " === 'Welcome,Verify your email'");

        tab.evaluate("document.querySelectorAll('#list a')[1].focus()");
        tab.press("Enter");
        tab.await("the text is shown", "document.querySelector('#view pre')?.innerText.includes('Your code is 4711.')");
        assertThat(tab.text("#subject")).isEqualTo("Verify your email");
        tab.evaluate("[...document.querySelectorAll('#tabs button')].find(b => b.innerText === 'Source').click()");
        tab.await(
                "the source is shown",
                "document.querySelector('#view pre')?.innerText.includes('From: Shop <shop@example.com>')");
        assertThat(tab.troubles()).isEmpty();
    }

    @Test
    void html_is_shown_and_neither_runs_nor_loads_anything() {
        String box = newBox();
        String elsewhere = "http://localhost:" + foreign.getAddress().getPort();
        send(box, """
                Subject: <img src=x onerror="document.title='pwned'">
                Content-Type: text/html

                <h1>Good day</h1>
                <script>parent.document.title = 'pwned'; document.title = 'pwned'; fetch('%1$s/pwned-fetch')</script>
                <img src=x onerror="top.location = '%1$s/pwned-top'">
                <img src="%1$s/pwned-picture"><link rel=stylesheet href="%1$s/pwned-style">
                <iframe src="%1$s/pwned-frame"></iframe>
                <form action="%1$s/pwned-form"><input autofocus onfocus="this.form.submit()"></form>
                <meta http-equiv=refresh content="0;url=%1$s/pwned-refresh">
                <svg onload="top.postMessage('pwned', '*')"></svg>
                """.formatted(elsewhere));
        Tab tab = open("/mailbox/" + box);
        tab.evaluate("window.heard = 0; addEventListener('message', () => window.heard++)");
        tab.await("the mail is listed", "document.querySelector('#list a') !== null");
        tab.evaluate("document.querySelector('#list a').click()");
        tab.await("the frame is there", "document.querySelector('#view iframe') !== null");
        // A frame that comes to its end after all the others: by then the mail's has had its chance.
        tab.evaluate("new Promise(done => { const f = document.createElement('iframe'); f.onload = done;"
                + " f.src = document.querySelector('#view iframe').src; document.body.append(f); })");

        assertThat(tab.evaluate("document.querySelector('#view iframe').sandbox.value")
                        .asText())
                .isEqualTo("allow-popups allow-popups-to-escape-sandbox");
        assertThat(tab.evaluate("document.title").asText())
                .doesNotStartWith("pwned")
                .endsWith("· Tideline");
        assertThat(tab.text("#subject")).isEqualTo("<img src=x onerror=\"document.title='pwned'\">");
        assertThat(tab.evaluate("window.heard").asInt()).isZero();
        assertThat(tab.evaluate("document.querySelector('#view iframe').contentDocument === null")
                        .asBoolean())
                .as("the mail's document is of another origin")
                .isTrue();
        assertThat(tab.evaluate("location.pathname").asText()).startsWith("/mailbox/" + box + "/");
        assertThat(tab.requested()).anyMatch(url -> url.endsWith("/html"));
        assertThat(asked).isEmpty();
    }

    @Test
    void it_is_readable_narrow_and_wide_light_and_dark() throws Exception {
        String box = newBox();
        send(box, "Subject: Verify your email\nFrom: Shop <shop@example.com>\n\nYour code is 4711.\n");
        send(box, "Subject: " + "A long subject ".repeat(12) + "\n\nHello\n");
        Tab list = open("/mailbox/" + box);
        list.await("both are listed", "document.querySelectorAll('#list a').length === 2");
        Looks.assertGood(list, "mail-list");
        list.evaluate("document.querySelectorAll('#list a')[0].click()");
        list.await("the text is shown", "document.querySelector('#view pre') !== null");
        Looks.assertGood(list, "mail-message");
    }

    @Test
    void a_message_is_shown_with_all_that_it_says_of_itself() {
        String box = newBox();
        send(box, """
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
                Cc: =?utf-8?q?Zo=C3=AB?= <zoe@example.com>
                Reply-To: help@example.com
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary=m

                --m
                Content-Type: multipart/related; boundary=r

                --r
                Content-Type: multipart/alternative; boundary=a

                --a
                Content-Type: text/plain

                Open https://shop.example/verify?a=1&b=2. Not javascript:alert(1).
                --a
                Content-Type: text/html

                <style>p {}</style><p>Hello <b>Zoe</b></p><img src="cid:logo">
                --a--
                --r
                Content-Type: image/png; name=logo.png
                Content-Id: <logo>
                Content-Transfer-Encoding: base64

                AAEC
                --r--
                --m
                Content-Type: application/pdf; name=invoice.pdf
                Content-Disposition: attachment; filename=invoice.pdf
                Content-Transfer-Encoding: base64

                aGVsbG8=
                --m--
                """);
        Tab tab = open("/mailbox/" + box);
        tab.await(
                "the row says what is in it",
                "document.querySelector('#list .preview')?.innerText.startsWith('Open https://shop.example')"
                        + " && document.querySelector('#list .files')?.innerText === '1 file'"
                        + " && document.querySelector('#counts').innerText === '1 unread of 1'");
        tab.evaluate("document.querySelector('#list a').click()");
        tab.await("it is open", "document.querySelector('#facts')?.innerText.includes('Cc')");
        assertThat(tab.text("#facts")).contains("Zoë <zoe@example.com>", "Reply-To", "help@example.com", " UTC");
        assertThat(tab.evaluate("[...document.querySelectorAll('#attachments a')].map(a => a.innerText).join()")
                        .asText())
                .isEqualTo("invoice.pdf application/pdf, 5 bytes");
        assertThat(tab.evaluate("document.querySelector('#eml').download").asText())
                .isEqualTo("Grüße.eml");
        tab.evaluate("document.querySelector('#phone').click()");
        tab.await("the HTML is as wide as a phone", "document.querySelector('#view iframe').clientWidth === 375");
        tab.evaluate("[...document.querySelectorAll('#tabs button')].find(b => b.innerText === 'Text').click()");
        tab.await("the text is shown", "document.querySelector('#view pre') !== null");
        assertThat(tab.evaluate("[...document.querySelectorAll('#view a')].map(a => a.href + ' ' + a.rel).join()")
                        .asText())
                .isEqualTo("https://shop.example/verify?a=1&b=2 noopener noreferrer");
        tab.evaluate("[...document.querySelectorAll('#tabs button')].find(b => b.innerText === 'Headers').click()");
        tab.await("headers are decoded", "document.querySelector('#view table')?.innerText.includes('Grüße')");
        tab.await("it is read", "document.querySelector('#counts').innerText === '1 message'");
        assertThat(tab.troubles()).isEmpty();
    }

    @Test
    void all_mailboxes_are_emptied_at_once_after_a_question() {
        try (MailServer own = MailServer.start(MailServerConfig.defaults())) {
            for (String box : List.of("one", "two")) {
                try (LineClient smtp = LineClient.smtp(own.smtpPort())) {
                    smtp.send("a@example.com", box + "@example.com", "Subject: " + box + "\n\nHello\n");
                }
            }
            Tab tab = chromium.open("http://127.0.0.1:" + own.httpPort());
            tab.await("both are listed", "document.querySelectorAll('#list a').length === 2");
            tab.evaluate("confirm = () => false; document.querySelector('#purge').click()");
            assertThat(own.store().size()).isEqualTo(2);
            tab.evaluate("confirm = () => true; document.querySelector('#purge').click()");
            tab.await("none is", "document.querySelector('#empty').innerText.startsWith('No mail yet')");
            assertThat(own.store().size()).isZero();
        }
    }

    private String newBox() {
        return "browser" + boxes.incrementAndGet();
    }

    private Tab open(String path) {
        return chromium.open(web.base() + path);
    }

    private void send(String box, String message) {
        try (LineClient smtp = LineClient.smtp(server.smtpPort())) {
            smtp.send("shop@example.com", box + "@example.com", message);
        }
    }
}
