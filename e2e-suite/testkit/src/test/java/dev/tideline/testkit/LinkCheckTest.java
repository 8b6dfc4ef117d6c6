package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.testkit.fixture.Mails;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkCheckTest {
    private final MockWebServer shop = new MockWebServer();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private String base;

    @BeforeEach
    void start() throws Exception {
        shop.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request.getMethod() + " " + request.getTarget());
                return switch (request.getTarget()) {
                    case "/", "/logo.png" -> answer(200);
                    case "/moved" ->
                        answer(302).newBuilder().setHeader("Location", "/gone").build();
                    case "/out" ->
                        answer(302)
                                .newBuilder()
                                .setHeader("Location", "https://away.example/")
                                .build();
                    case "/app" ->
                        answer(302)
                                .newBuilder()
                                .setHeader("Location", "shop:order?7")
                                .build();
                    case "/odd" ->
                        answer(302)
                                .newBuilder()
                                .setHeader("Location", "{{next}}")
                                .build();
                    case "/with%20blank" -> answer(200);
                    case "/endless" ->
                        answer("GET".equals(request.getMethod()) ? 200 : 500)
                                .newBuilder()
                                .setHeader("Content-Length", "1000000")
                                .onResponseBody(SocketEffect.Stall.INSTANCE)
                                .build();
                    case "/circle" ->
                        answer(302)
                                .newBuilder()
                                .setHeader("Location", "/circle")
                                .build();
                    case "/only-get" -> answer("GET".equals(request.getMethod()) ? 200 : 405);
                    case "/silent" ->
                        answer(200)
                                .newBuilder()
                                .onResponseStart(SocketEffect.Stall.INSTANCE)
                                .build();
                    default -> answer(404);
                };
            }
        });
        shop.start();
        base = "http://127.0.0.1:" + shop.getPort();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private static MockResponse answer(int status) {
        return new MockResponse.Builder().code(status).build();
    }

    @Test
    void links_pictures_and_addresses_in_the_text_are_asked_for_once_each() {
        LinkCheck.of(Mails.of("Go to " + base + "/only-get, or to " + base + "/.", """
                        <a href="%1$s/">Go</a> <img src="%1$s/logo.png"> <a href="#top">up</a>
                        <a href="mailto:help@example.com">Help</a> <img src="cid:logo"> <img src="data:image/png;base64,">""".formatted(base)))
                .expectNoneBroken();
        assertThat(requests).containsExactly("HEAD /", "HEAD /logo.png", "HEAD /only-get", "GET /only-get");
    }

    @Test
    void what_is_broken_is_listed_whole() {
        MailMessage mail = Mails.of(base + "/nowhere", """
                <a href="%1$s/moved">1</a> <a href="%1$s/circle">2</a> <a href="/relative">3</a>
                <a href="{{verify_url}}">4</a> <a href="">5</a> <a href="https:///path">6</a>""".formatted(base));

        assertThatThrownBy(() -> LinkCheck.of(mail).expectNoneBroken())
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        The mail "Hello" has 7 broken links:
                          %1$s/moved: status 404 from %1$s/gone
                          %1$s/circle: more than 10 redirects, the last one to /circle
                          /relative: it is relative, but a mail has no base address
                          {{verify_url}}: this is not an address (Illegal character in path)
                          : it is relative, but a mail has no base address
                          https:///path: it names no host
                          %1$s/nowhere: status 404""".formatted(base));
        assertThat(LinkCheck.of(mail).leavingOut("e").broken()).hasSize(2);
    }

    @Test
    void links_to_one_page_are_asked_for_together_and_places_of_the_mail_have_to_be_there() {
        MailMessage mail = Mails.of("", """
                <a href="%1$s/#one">1</a> <a href="%1$s/#two">2</a> <a href=" %1$s/ ">3</a> <a href="#">4</a>
                <h2 id="terms">Terms</h2> <a href="#terms">5</a> <a href="#top">6</a> <a href="#nowhere">7</a>
                <a name="old"></a> <a href="#old">8</a>""".formatted(base));

        assertThat(LinkCheck.of(mail).broken()).containsExactly("#nowhere: the mail has no place of this name");
        assertThat(requests).containsExactly("HEAD /");
    }

    @Test
    void what_is_no_web_page_is_not_asked_for() {
        MailMessage mail = Mails.of("", """
                <a href="mailto:help@example.com?subject=My order">1</a> <a href="tel:+49 30 1234">2</a>
                <a href="sms:+49301234?body=Hi">3</a> <a href="shop:order?7">4</a> <a href="%1$s/app">5</a>
                <a href="file:///C:/mail/shop.html">6</a> <a href="mailto:{{support}}">7</a>
                <a href="http://bücher.example/">8</a> <a href="http://my_host/">9</a> <a href="//a.example/">10</a>""".formatted(base));

        assertThat(LinkCheck.of(mail).broken())
                .containsExactly(
                        "file:///C:/mail/shop.html: it is a file of the machine that sent the mail",
                        "mailto:{{support}}: this is not an address (Illegal character in opaque part)",
                        "//a.example/: it is relative, but a mail has no base address");
        assertThat(requests).containsExactly("HEAD /app");
    }

    @Test
    void addresses_are_read_as_a_browser_reads_them_wherever_pictures_are() {
        MailMessage mail = Mails.of(base.replace("http", "HTTP") + "/odd", """
                <a href="%1$s/with blank">1</a> <table background="%1$s/a.png"></table>
                <img alt="" srcset="%1$s/b.png 1x, %1$s/logo.png 2x"> <input type="image" src="%1$s/c.png">""".formatted(base));

        assertThat(LinkCheck.of(mail).broken())
                .containsExactly(
                        base + "/a.png: status 404",
                        base + "/b.png: status 404",
                        base + "/c.png: status 404",
                        base.replace("http", "HTTP")
                                + "/odd: it redirects to {{next}}, which is not an address (Illegal character in path)");
        assertThat(requests).contains("HEAD /with%20blank", "HEAD /logo.png");
    }

    @Test
    void a_body_without_an_end_is_not_waited_for() {
        assertThat(LinkCheck.of(Mails.of(base + "/endless", ""))
                        .within(ChronoUnit.FOREVER.getDuration())
                        .broken())
                .isEmpty();
        assertThat(requests).containsExactly("HEAD /endless", "GET /endless");
    }

    @Test
    void a_limit_in_which_nothing_can_answer_is_refused() {
        for (Duration limit : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> LinkCheck.of(Mails.of("", "")).within(limit))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("No server answers within " + limit + ": give a limit above zero");
        }
    }

    @Test
    void a_server_that_does_not_answer_in_time_is_broken() {
        assertThat(LinkCheck.of(Mails.of(base + "/silent", ""))
                        .within(Duration.ofMillis(50))
                        .broken())
                .containsExactly(base + "/silent: no answer within 50 ms");
    }

    @Test
    void no_other_host_is_asked_unless_it_is_allowed() {
        String away = "http://0.0.0.0:" + shop.getPort() + "/away"; // leads here, which the check cannot know
        MailMessage mail = Mails.of(away + " and " + base + "/out", "");

        assertThat(LinkCheck.of(mail).broken()).isEmpty();
        assertThat(requests).containsExactly("HEAD /out");
        assertThat(LinkCheck.of(mail).allowing("0.0.0.0").broken()).containsExactly(away + ": status 404");
    }

    @Test
    void a_mail_without_its_body_says_so() {
        MailMessage mail = new MailMessage(
                "bob", "1", "", List.of(), "Hello", java.time.Instant.EPOCH, 1, false, java.util.Optional.empty());
        assertThatThrownBy(() -> LinkCheck.of(mail).broken())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("fetched without its body");
    }
}
