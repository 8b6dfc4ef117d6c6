package dev.tideline.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.tideline.collector.Collector;
import dev.tideline.collector.CollectorConfig;
import dev.tideline.testkit.fixture.OtlpExporter;
import dev.tideline.testkit.time.ManualTime;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compiles and runs the snippets of {@code docs/testing-without-sleeps.md}, and produces the messages in its table. */
class TestingWithoutSleepsTest {
    private static final Path GUIDE = Path.of("../../docs/testing-without-sleeps.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/tideline/testkit/TestingWithoutSleepsTest.java");
    private static final Path COMPARED = Path.of("src/compared");
    private static final String ROW = "user appears in the external database";

    private final MockWebServer server = new MockWebServer();
    private final List<String> subjects = new CopyOnWriteArrayList<>();
    private final List<String> users = new CopyOnWriteArrayList<>();
    private MailServer mailServer;
    private OtlpExporter shop;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                if (path.endsWith("/wait")) {
                    return new MockResponse.Builder().code(404).build();
                }
                List<String> mail =
                        subjects.stream().map(TestingWithoutSleepsTest::mail).toList();
                boolean one = path.matches(".*/mailbox/[^/]+/\\w+");
                return new MockResponse.Builder()
                        .body(one ? mail.get(0) : mail.toString())
                        .build();
            }
        });
        server.start();
        mailServer = new MailServer(URI.create("http://127.0.0.1:" + server.getPort()), "127.0.0.1", 25);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_row_is_awaited() {
        signUp("ann");
        // guide: row
        List<String> found = Eventually.await("ann appears in the external database")
                .atMost(ofSeconds(20))
                .until(() -> usersNamed("ann"), hasSize(1));
        // end
        assertThat(found).containsExactly("ann");
    }

    @Test
    void a_mail_is_awaited() {
        Mailbox inbox = Mailbox.create(mailServer, "ann");
        signUp("ann");
        // guide: mail
        MailMessage mail = inbox.waitForMessagesWithSubject("Verify your email").get(0);
        String code = mail.code();
        // end
        assertThat(code).isEqualTo("123456");
    }

    @Test
    void absence_is_watched() {
        Mailbox inbox = Mailbox.create(mailServer, "ann");
        // guide: absence
        inbox.expectNoMessagesWithSubject("Welcome", ofSeconds(1));
        Eventually.await("ann stays out of the external database")
                .during(ofSeconds(1))
                .never(() -> usersNamed("ann"), hasItem("ann"));
        // end
        assertThat(users).isEmpty();
    }

    @Test
    void the_outcome_that_makes_waiting_pointless_is_named() {
        Iterator<String> states = List.of("queued", "running", "done").iterator();
        // guide: failfast
        Eventually.await("the import is done")
                .failFast("the import was cancelled", () -> importState().equals("cancelled"))
                .until(states::next, is("done"));
        // end
        assertThat(states).isExhausted();
    }

    @Test
    void a_span_is_awaited() {
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT)) {
            TraceProbe traces = TraceProbe.at(URI.create(collector.pageUrl()));
            shop = new OtlpExporter(collector.otlpUrl());
            // guide: span
            TraceProbe fresh = traces.sinceNow();
            order("shoes");
            TraceSpan charge = fresh.waitForSpan(SpanQuery.named("charge card").service("shop"));
            // end
            assertThat(charge.attributes()).containsEntry("payment.method", "shoes");
        }
    }

    @Test
    void the_guide_shows_the_messages_of_others_as_they_were_printed() throws IOException {
        String guide = Files.readString(GUIDE);
        try (Stream<Path> files = Files.list(COMPARED.resolve("messages"))) {
            List<Path> messages = files.toList();
            assertThat(messages).hasSize(15);
            for (Path message : messages) {
                assertThat(guide).as(message.toString()).contains("```text\n" + Files.readString(message) + "```");
            }
        }
    }

    @Test
    void the_guide_shows_the_snippets_as_they_are_here() throws IOException {
        String guide = Files.readString(GUIDE);
        Matcher snippets = Pattern.compile(" *// guide: (\\w+)\n(.*?) *// end\n", Pattern.DOTALL)
                .matcher(Files.readString(SOURCE));
        int found = 0;
        while (snippets.find()) {
            assertThat(guide)
                    .as("snippet " + snippets.group(1))
                    .contains("```java\n" + snippets.group(2).stripTrailing().stripIndent() + "\n```");
            found++;
        }
        assertThat(found).isEqualTo(5);
    }

    @Test
    void the_guide_shows_the_messages_as_they_are() throws IOException {
        String guide = Files.readString(GUIDE);

        assertThat(guide)
                .contains(message(() -> row().until(() -> List.of(), hasSize(1))))
                .contains(message(() -> row().until(
                                () -> {
                                    throw new ConnectException("Connection refused");
                                },
                                hasSize(1))))
                .contains(message(() -> row().until(new Scripted("new", "new", "queued")::next, is("sent"))))
                .contains(message(this::hang))
                .contains(message(() ->
                        row().failFast("the import was cancelled", () -> true).until(() -> "cancelled", is("done"))));
    }

    private void hang() {
        ManualTime time = new ManualTime();
        Iterator<Integer> attempts = List.of(1, 2, 3, 4).iterator();
        Eventually.await(ROW)
                .on(time)
                .atMost(ofSeconds(2))
                .pollEvery(java.time.Duration.ofMillis(100))
                .until(
                        () -> {
                            int attempt = attempts.next();
                            if (attempt == 2) {
                                throw new ConnectException("Connection reset");
                            }
                            if (attempt > 2) {
                                time.hang();
                            }
                            return 41;
                        },
                        is(42));
    }

    private static Eventually row() {
        return Eventually.await(ROW)
                .on(new ManualTime())
                .atMost(ofSeconds(2))
                .pollEvery(java.time.Duration.ofMillis(100));
    }

    /** The message as it stands in a fenced block of the guide. */
    private static String message(ThrowingCallable wait) {
        return "```text\n" + catchThrowable(wait).getMessage() + "\n```";
    }

    /** Gives each value once, and the last one for ever. */
    private static final class Scripted {
        private final Iterator<String> values;
        private String last;

        Scripted(String... values) {
            this.values = List.of(values).iterator();
        }

        String next() {
            last = values.hasNext() ? values.next() : last;
            return last;
        }
    }

    /** The application under test: what a sign-up causes happens later and elsewhere. */
    private void signUp(String name) {
        CompletableFuture.runAsync(() -> {
            users.add(name);
            subjects.add("Verify your email");
        });
    }

    private void order(String article) {
        CompletableFuture.runAsync(() -> shop.export("shop", "00000000000000a1", "charge card", article));
    }

    private List<String> usersNamed(String name) {
        return users.stream().filter(name::equals).toList();
    }

    private static String importState() {
        return "running";
    }

    private static String mail(String subject) {
        return """
                {"mailbox":"m","id":"m1","from":"<app@example.com>","to":["<ann@mailbox.test>"],"subject":"%s",
                 "posix-millis":1795341600000,"size":10,"body":{"text":"Your code is 123456","html":""}}""".formatted(subject);
    }
}
