package dev.tideline.testkit;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.testkit.fixture.MailServerUnderTest;
import dev.tideline.testkit.fixture.SmtpSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long after SMTP has accepted a mail its wait returns. Waits begin together, mails come at random moments, so that a
 * polling wait is met anywhere between two polls. The bars are for a quiet machine and hold in the long form
 * ({@code mvn -Plong verify}) only; every run prints its figures.
 */
@Isolated
class MailLatencyTest {
    private static final boolean LONG = Boolean.getBoolean("testkit.long");
    private static final int MAILS = LONG ? 400 : 30;
    private static final int WAITS_AT_ONCE = LONG ? 40 : 30;
    private static final Duration SPREAD = LONG ? ofSeconds(4) : ofMillis(500);
    private static final Duration LONGEST_POLL_INTERVAL = ofMillis(250);
    private static final Duration GRACE = ofMillis(50);
    private static final Duration LIMIT = ofSeconds(50);

    private record Figures(Duration median, Duration p99) {}

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"REAL_INBUCKET"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void a_wait_returns_soon_after_the_mail_was_accepted(MailServerUnderTest.Kind kind) throws Exception {
        Figures figures = measure(kind);

        System.out.printf(
                "%s: p50 %.1f ms, p99 %.1f ms after SMTP accepted the mail (%d mails)%n",
                kind, figures.median().toNanos() / 1e6, figures.p99().toNanos() / 1e6, MAILS);
        boolean waitsAtServer = kind == MailServerUnderTest.Kind.TIDELINE;
        Duration bar = waitsAtServer ? GRACE : LONGEST_POLL_INTERVAL.plus(GRACE);
        assertThat(figures.p99()).isLessThan(LONG ? bar : LIMIT);
    }

    @Test
    void the_longest_pause_between_two_polls_is_the_one_that_the_bar_allows() {
        assertThat(Backoff.DEFAULT.longest()).isEqualTo(LONGEST_POLL_INTERVAL);
    }

    private static Figures measure(MailServerUnderTest.Kind kind) throws Exception {
        Random random = new Random(7);
        List<Long> nanos = new ArrayList<>();
        ExecutorService waiters = Executors.newCachedThreadPool();
        ScheduledExecutorService senders = Executors.newScheduledThreadPool(2);
        try (MailServerUnderTest underTest = MailServerUnderTest.start(kind)) {
            // The first ones load classes and open connections; they are no measurement.
            round(underTest, waiters, senders, random, 10);
            while (nanos.size() < MAILS) {
                nanos.addAll(round(underTest, waiters, senders, random, WAITS_AT_ONCE));
            }
        } finally {
            waiters.shutdownNow();
            senders.shutdownNow();
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return new Figures(
                Duration.ofNanos(sorted.get(sorted.size() / 2)),
                Duration.ofNanos(sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1)));
    }

    private static List<Long> round(
            MailServerUnderTest underTest,
            ExecutorService waiters,
            ScheduledExecutorService senders,
            Random random,
            int mails) {
        List<CompletableFuture<Long>> latencies = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            Mailbox inbox = Mailbox.create(underTest.server(), "ann");
            CompletableFuture<Long> returned = CompletableFuture.supplyAsync(
                    () -> {
                        inbox.waitForMessagesWithSubject("Welcome", 1, LIMIT);
                        return System.nanoTime();
                    },
                    waiters);
            CompletableFuture<Long> accepted = new CompletableFuture<>();
            senders.schedule(
                    () -> {
                        try (SmtpSession smtp = new SmtpSession(underTest.server())) {
                            smtp.send("Welcome", "\nhello", inbox);
                            accepted.complete(System.nanoTime());
                        } catch (RuntimeException e) {
                            accepted.completeExceptionally(e);
                        }
                    },
                    random.nextLong(SPREAD.toNanos()),
                    TimeUnit.NANOSECONDS);
            // A wait may return before this side has read the server's answer.
            latencies.add(returned.thenCombine(accepted, (end, begin) -> Math.max(0, end - begin)));
        }
        return latencies.stream().map(CompletableFuture::join).toList();
    }
}
