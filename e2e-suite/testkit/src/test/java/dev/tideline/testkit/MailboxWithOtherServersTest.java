package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.testkit.fixture.SilentPort;
import dev.tideline.testkit.time.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Inbucket has no blocking wait, and other people's servers have bad days. */
class MailboxWithOtherServersTest {
    private static final String LIST = """
        [{"mailbox":"bob","id":"1","from":"<shop@example.com>","to":["<bob@example.com>"],"subject":"Welcome, Bob",
          "date":"2026-11-22T10:00:00.5Z","posix-millis":1795341600500,"size":320,"seen":false},
         {"mailbox":"bob","id":"2","from":"Shop <shop@example.com>","to":["<bob@example.com>"],"subject":"Your code",
          "date":"2026-11-22T11:00:01+01:00","size":321,"seen":true}]\
        """;

    private final MockWebServer server = new MockWebServer();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final ManualTime time = new ManualTime();
    private volatile Function<String, MockResponse> answers = path -> json("[]");

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath().replace("/api/v1/mailbox", "");
                requests.add(request.getMethod() + " " + path);
                boolean beyond = path.endsWith("/wait") || path.startsWith("/api/v1/monitor");
                return beyond ? status(404, "404 page not found") : answers.apply(path);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void polls_where_the_server_has_no_wait_and_asks_for_it_only_once() {
        int[] polls = {0};
        answers = path -> path.endsWith("/2") ? json(whole("2", "Your code")) : json(++polls[0] < 4 ? "[]" : LIST);

        List<MailMessage> mail = inbox().waitForMessagesWithSubject("code");

        assertThat(mail).extracting(MailMessage::text).containsExactly("Your code is 123456");
        assertThat(requests)
                .containsExactly(
                        "GET /bob%40example.com/wait",
                        "GET /api/v1/monitor/messages/bob%40example.com",
                        "GET /bob%40example.com",
                        "GET /bob%40example.com",
                        "GET /bob%40example.com",
                        "GET /bob%40example.com",
                        "GET /bob%40example.com/2");
    }

    @Test
    void names_the_mail_that_did_come() {
        answers = path -> json(LIST);

        assertThat(failureOfWait("Verify")).isInstanceOf(NotInTimeError.class).hasMessage("""
            mail "Verify" to bob@example.com: not within 10 s
              expected:        1 mail with "Verify" in the subject
              last value:      <[]>
              last changed:    never
              waited:          10 s, 48 attempts
              near misses:     mail that did come:
                "Welcome, Bob" from <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:00.500Z
                "Your code" from Shop <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:01Z\
            """);
    }

    @Test
    void says_how_many_of_several_came() {
        answers = path -> json(LIST);

        assertThatThrownBy(() -> inbox().waitForMessagesWithSubject("Welcome", 2, ofSeconds(1)))
                .hasMessage("""
                    mail "Welcome" to bob@example.com: not within 1 s
                      expected:        2 mails with "Welcome" in the subject
                      last value:      <["Welcome, Bob" from <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:00.500Z]>
                      last changed:    never
                      waited:          1 s, 12 attempts
                      near misses:     mail that did come:
                        "Welcome, Bob" from <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:00.500Z
                        "Your code" from Shop <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:01Z\
                    """);
    }

    @Test
    void mail_from_before_the_mark_does_not_count_and_is_named_as_such() {
        answers = path -> json(LIST);
        Mailbox later = inbox().sinceNow();

        assertThat(later.fetchMessages()).isEmpty();
        assertThatThrownBy(() -> later.waitForMessagesWithSubject("Welcome", 1, ofSeconds(1)))
                .hasMessage("""
                    mail "Welcome" to bob@example.com: not within 1 s
                      expected:        1 mail with "Welcome" in the subject
                      last value:      <[]>
                      last changed:    never
                      waited:          1 s, 12 attempts
                      near misses:     mail that did come:
                        "Welcome, Bob" from <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:00.500Z, too old to count
                        "Your code" from Shop <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:01Z, too old to count\
                    """);
    }

    @Test
    void a_server_that_answers_with_an_error_is_quoted() {
        answers = path -> status(500, "out of memory");

        assertThat(failureOfWait("Verify")).hasMessage("""
            mail "Verify" to bob@example.com: not within 10 s
              expected:        1 mail with "Verify" in the subject
              last value:      none, no attempt gave one
              waited:          10 s, 48 attempts, 48 of them with an exception
              first exception: after 0 ms (attempt 1): dev.tideline.testkit.MailServerException: The mail server answered GET %s with status 500: out of memory
              last exception:  after 10 s (attempt 48): the same
              near misses:     mail that did come: unavailable, dev.tideline.testkit.MailServerException: The mail server answered GET %<s with status 500: out of memory\
            """.formatted(url()));
    }

    @Test
    void a_server_that_answers_with_garbage_is_quoted() {
        answers = path ->
                new MockResponse.Builder().body("<html>It works!</html>").build();

        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("GET " + url() + " should give JSON and gave: <html>It works!</html>");
        answers = path -> new MockResponse.Builder().build();
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("GET " + url() + " should give JSON and gave: (an empty body)");
        // Looks like UTF-32 and is none, which the parser does not call a syntax error.
        answers = path -> new MockResponse.Builder()
                .body(new okio.Buffer().writeInt(0x0000_FEFF).writeInt(0x7FFF_FFFF))
                .build();
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("GET " + url() + " should give JSON and gave: \0\0\uFFFD\uFFFD\u007F\uFFFD\uFFFD\uFFFD");
        answers = path -> json("x".repeat(300));
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("GET " + url() + " should give JSON and gave: " + "x".repeat(200) + "…");
        answers = path -> json("{\"messages\":[]}");
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("GET " + url() + " should give a JSON array and gave: {\"messages\":[]}");
        answers = path -> json("[{\"subject\":\"no id\"}]");
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("The mail server lists a mail without an id: {\"subject\":\"no id\"}");
        answers = path -> json("[{\"id\":\"1\",\"date\":\"yesterday\"}]");
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("The mail server gives a mail the date 'yesterday'");
        answers = path -> path.endsWith("/1") ? json("[]") : json("[{\"id\":\"1\",\"posix-millis\":1}]");
        assertThatThrownBy(() -> inbox().fetchMessages())
                .hasMessage("GET " + url() + "/1 should give a JSON object and gave: []");
    }

    @Test
    void a_link_that_ends_with_the_name_of_a_file_as_it_is_can_be_followed() {
        answers = path -> path.startsWith("/serve")
                ? new MockResponse.Builder().body("the terms").build()
                : withFile(path, "a b/100% #1?.txt", "/serve/mailbox/bob/1/attach/0/a b/100% #1?.txt");

        MailAttachment file = inbox().fetchMessages().get(0).attachments().get(0);

        assertThat(file.filename()).isEqualTo("a b/100% #1?.txt");
        assertThat(inbox().download(file)).asString().isEqualTo("the terms");
        // The name as one element: Inbucket finds the file by the 0 before it.
        assertThat(requests).last().isEqualTo("GET /serve/mailbox/bob/1/attach/0/a%20b_100%25%20%231%3F.txt");
    }

    @Test
    void a_link_that_is_none_is_quoted() {
        answers = path -> withFile(path, "terms.txt", "/a b/c");

        assertThatThrownBy(() -> inbox().fetchMessages())
                .isInstanceOf(MailServerException.class)
                .hasMessage("The mail server gives the file 'terms.txt' the link 'http://127.0.0.1:" + server.getPort()
                        + "/a b/c'");
    }

    @Test
    void a_file_without_a_link_cannot_be_downloaded() {
        answers = path -> json(
                path.endsWith("/1")
                        ? whole("1", "Terms")
                                .replace("\"attachments\":[]", "\"attachments\":[{\"filename\":\"terms.txt\"}]")
                        : "[{\"id\":\"1\",\"posix-millis\":1}]");
        MailAttachment file = inbox().fetchMessages().get(0).attachments().get(0);

        assertThatThrownBy(() -> inbox().download(file))
                .isInstanceOf(MailServerException.class)
                .hasMessage("The mail server gives no link to 'terms.txt'");
    }

    @Test
    void an_interrupt_ends_a_fetch_and_is_kept() {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> inbox().fetchMessages());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure)
                .isInstanceOf(MailServerException.class)
                .hasMessage("Interrupted while reading the mailbox bob@example.com");
    }

    @Test
    void a_server_that_breaks_off_is_named() {
        answers = path -> new MockResponse.Builder()
                .body(LIST)
                .onResponseBody(SocketEffect.ShutdownConnection.INSTANCE)
                .build();

        assertThatThrownBy(() -> inbox().fetchMessages())
                .isInstanceOf(MailServerException.class)
                .hasMessage("The mail server broke off its answer to GET " + url());
    }

    @Test
    void a_server_that_never_answers_is_named() {
        answers = path -> new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();

        assertThatThrownBy(() -> inbox().waitForMessagesWithSubject("Verify", 1, ofMillis(50)))
                .hasMessage("""
                    mail "Verify" to bob@example.com: not within 50 ms
                      expected:        1 mail with "Verify" in the subject
                      last value:      none, no attempt gave one
                      waited:          50 ms, 5 attempts, 5 of them with an exception
                      first exception: after 0 ms (attempt 1): dev.tideline.testkit.MailServerException: The mail server did not answer GET %s within 1 s
                      last exception:  after 50 ms (attempt 5): dev.tideline.testkit.MailServerException: The mail server did not answer GET %<s within 1.8 s
                      near misses:     mail that did come: unavailable, dev.tideline.testkit.MailServerException: The mail server did not answer GET %<s within 1 s\
                    """.formatted(url()));
    }

    @Test
    void a_server_that_never_answers_does_not_outlast_the_limit() {
        answers = path -> new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build();

        NotInTimeError failure = (NotInTimeError) catchThrowable(() ->
                Mailbox.of(mailServer(), "bob@example.com").waitForMessagesWithSubject("Verify", 1, ofMillis(400)));

        // The limit and the last look make 2.4 s; a single request would have had 10 s.
        assertThat(failure.elapsed()).isLessThan(ofSeconds(5));
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be_missing() {
        try (SilentPort silent = new SilentPort()) {
            URI root = URI.create("http://127.0.0.1:" + silent.number());

            assertThatThrownBy(() -> Mailbox.of(new MailServer(root, "127.0.0.1", 25), "bob")
                            .fetchMessages())
                    .hasMessage("No mail server answers GET " + root + "/api/v1/mailbox/bob");
        }
    }

    @Test
    void absence_is_checked_to_the_end_of_the_window() {
        inbox().expectNoMessagesWithSubject("Welcome", ofSeconds(10));

        assertThat(time.nanoTime()).isEqualTo(ofSeconds(10).toNanos());
    }

    @Test
    void absence_fails_at_the_first_mail() {
        int[] polls = {0};
        answers = path -> path.endsWith("/1") ? json(whole("1", "Welcome, Bob")) : json(++polls[0] < 3 ? "[]" : LIST);

        assertThatThrownBy(() -> inbox().expectNoMessagesWithSubject("Welcome", ofSeconds(10)))
                .hasMessage("""
                    no mail "Welcome" to bob@example.com: did not hold throughout 10 s
                      expected:        no mail with "Welcome" in the subject
                      last value:      <["Welcome, Bob" from Shop <shop@example.com> to <bob@example.com> at 2026-11-22T10:00:00Z]>
                      last changed:    after 25 ms (attempt 3), from <[]>
                      waited:          25 ms, 3 attempts\
                    """);
    }

    @Test
    void absence_cannot_be_said_of_a_server_that_fails() {
        answers = path -> status(503, "");

        assertThatThrownBy(() -> inbox().expectNoMessagesWithSubject("Welcome", ofSeconds(10)))
                .hasMessage("""
                    no mail "Welcome" to bob@example.com: unknown for the whole of 10 s, because a check failed
                      expected:        no mail with "Welcome" in the subject
                      last value:      none, no attempt gave one
                      waited:          10 s, 48 attempts, 48 of them with an exception
                      first exception: after 0 ms (attempt 1): dev.tideline.testkit.MailServerException: The mail server answered GET %s with status 503: (an empty body)
                      last exception:  after 10 s (attempt 48): the same\
                    """.formatted(url()));
    }

    @Test
    void absence_is_reported_in_spite_of_a_hiccup_since_mail_stays_where_it_is() {
        int[] polls = {0};
        answers = path -> ++polls[0] == 2 ? status(503, "") : json("[]");

        inbox().expectNoMessagesWithSubject("Welcome", ofSeconds(10));

        assertThat(polls[0]).isEqualTo(48);
    }

    @Test
    void purge_empties_the_mailbox_at_the_server() {
        answers = path -> json("\"OK\"");

        inbox().purge();

        assertThat(requests).containsExactly("DELETE /bob%40example.com");
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThatThrownBy(() -> inbox().waitForMessagesWithSubject("Welcome", 0, ofSeconds(1)))
                .hasMessage("Waiting for 0 mails makes no sense; expectNoMessagesWithSubject checks that none comes");
        assertThatThrownBy(() -> Mailbox.create(mailServer(), "a b"))
                .hasMessage("The label 'a b' begins an address:"
                        + " 1 to 40 letters, digits, dots, hyphens and underscores");
        assertThatThrownBy(() -> new MailServer(URI.create("mail:8105"), "127.0.0.1", 25))
                .hasMessage("The mail server's API is at 'mail:8105',"
                        + " which is not an address such as http://127.0.0.1:8105");
        assertThatThrownBy(() -> new MailServer(URI.create("http://127.0.0.1:8105"), "127.0.0.1", 0))
                .hasMessage("The SMTP port must be from 1 to 65535, not 0");
    }

    private Throwable failureOfWait(String subject) {
        return catchThrowable(() -> inbox().waitForMessagesWithSubject(subject));
    }

    private Mailbox inbox() {
        return Mailbox.of(mailServer(), "bob@example.com").on(time);
    }

    private MailServer mailServer() {
        return new MailServer(URI.create("http://127.0.0.1:" + server.getPort()), "127.0.0.1", 25);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getPort() + "/api/v1/mailbox/bob%40example.com";
    }

    private static String whole(String id, String subject) {
        return """
            {"mailbox":"bob","id":"%s","from":"Shop <shop@example.com>","to":["<bob@example.com>"],
             "subject":"%s","date":"2026-11-22T10:00:00Z","posix-millis":1795341600000,"size":321,
             "body":{"text":"Your code is 123456","html":""},"header":{"Subject":["Your code"]},"attachments":[]}\
            """.formatted(id, subject);
    }

    private MockResponse withFile(String path, String filename, String link) {
        String file = """
            [{"filename":"%s","content-type":"text/plain","download-link":"http://127.0.0.1:%d%s"}]\
            """.formatted(filename, server.getPort(), link);
        return json(
                path.endsWith("/1")
                        ? whole("1", "Terms").replace("\"attachments\":[]", "\"attachments\":" + file)
                        : "[{\"id\":\"1\",\"posix-millis\":1}]");
    }

    private static MockResponse json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private static MockResponse status(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }
}
