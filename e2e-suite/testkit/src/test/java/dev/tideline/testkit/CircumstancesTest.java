package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.testkit.fixture.SilentPort;
import dev.tideline.testkit.time.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CircumstancesTest {

    @Test
    void each_part_stands_under_its_title_and_one_that_hangs_hides_no_other() {
        ManualTime time = new ManualTime();

        assertThat(Circumstances.none()
                        .on(time)
                        .with("jobs", () -> List.of("import of ann", "export of bob"))
                        .with("queue", List::of)
                        .with("workers", () -> {
                            time.hang();
                            return List.of();
                        })
                        .with("cache", () -> {
                            throw new IOException("connection refused");
                        })
                        .asException())
                .hasMessage("""
                    At the time of the failure:
                    jobs:
                      import of ann
                      export of bob
                    queue: none
                    workers: unavailable within 5 s
                    cache: unavailable, java.io.IOException: connection refused\
                    """);
    }

    @Test
    void an_interrupted_thread_is_told_so_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        String text = Circumstances.none()
                .with("jobs", () -> {
                    new CountDownLatch(1).await();
                    return List.of();
                })
                .describe();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(text).isEqualTo("jobs: unavailable, interrupted");
    }

    @Test
    void a_mail_server_that_is_not_there_is_said_to_be_missing() {
        try (SilentPort silent = new SilentPort()) {
            URI root = URI.create("http://127.0.0.1:" + silent.number());
            Mailbox inbox = Mailbox.of(new MailServer(root, "127.0.0.1", 25), "ann@example.com");

            assertThat(Circumstances.none().with(inbox).describe())
                    .isEqualTo("mail to ann@example.com: unavailable, dev.tideline.testkit.MailServerException:"
                            + " No mail server answers GET " + root + "/api/v1/mailbox/ann%40example.com");
        }
    }

    @Test
    void a_service_of_the_workspace_that_is_not_there_is_reported_with_what_starts_it() {
        int port = Workspace.current().port("external-postgres");

        assertThat(ServiceHint.forPort(port))
                .isEqualTo(
                        " (that is the service external-postgres of this workspace: 'mvn sync:start' starts it; a POM"
                                + " that lists <services> needs <service><name>external-postgres</name></service> among"
                                + " them)");
        assertThat(ServiceHint.forPort(port + 60)).isEmpty();
    }

    @Test
    void logs_begin_with_this_run(@TempDir Path folder) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String before = now.minusSeconds(60).toString();
        String after = now.plusSeconds(1).toString();
        String postgres = (before + " [1] LOG:  old\n\told detail\n" + after + " [1] ERROR:  new\n\tnew detail\n")
                .replace("T", " ")
                .replace("Z", ".000 UTC");
        Files.writeString(folder.resolve("postgres.log"), postgres);
        Files.writeString(folder.resolve("mail.log"), before.replace("Z", ".123+0000") + " INFO ready\n");

        assertThat(ServiceLogs.lastLines(folder, now))
                .containsExactly(
                        "postgres.log:",
                        "  " + after.replace("T", " ").replace("Z", ".000 UTC") + " [1] ERROR:  new",
                        "  \tnew detail");
    }

    @Test
    void a_status_that_is_refused_says_what_is_missing() throws IOException {
        try (MockWebServer admin = new MockWebServer()) {
            admin.enqueue(new MockResponse.Builder()
                    .code(401)
                    .body("{\"title\":\"Unauthorized\"}")
                    .build());
            admin.start();

            assertThat(Circumstances.none()
                            .on(new ManualTime())
                            .withSyncStatus(URI.create("http://127.0.0.1:" + admin.getPort()), null)
                            .describe())
                    .isEqualTo("""
                        sync status:
                          answered with status 401, set TIDELINE_ADMIN_TOKEN
                          {"title":"Unauthorized"}\
                        """);
        }
    }
}
