package dev.tideline.testkit;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.testkit.fixture.CountingProxy;
import dev.tideline.testkit.fixture.EmbeddedMail;
import dev.tideline.testkit.fixture.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 500 mailboxes (100 in the short form), each awaited for 5 mails one after the other, while all the mail comes in. That
 * is the costlier way: a single wait for all five makes a fifth of the requests.
 */
class ManyMailboxesTest {
    private static final int MAILBOXES = Boolean.getBoolean("testkit.long") ? 500 : 100;
    private static final int MAILS = 5;
    private static final int MOST_REQUESTS_PER_MAIL = 2;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void none_misses_a_mail_none_gets_another_ones_and_few_requests_are_made() {
        ExecutorService threads = Executors.newCachedThreadPool();
        long began = System.nanoTime();
        try (EmbeddedMail mail = EmbeddedMail.start();
                CountingProxy proxy = new CountingProxy(mail.server())) {
            List<Mailbox> inboxes = IntStream.range(0, MAILBOXES)
                    .mapToObj(i -> Mailbox.create(proxy.server(), "m" + i))
                    .toList();
            List<CompletableFuture<List<String>>> waits = inboxes.stream()
                    .map(inbox -> CompletableFuture.supplyAsync(() -> awaitOneByOne(inbox), threads))
                    .toList();
            try (SmtpSession smtp = new SmtpSession(proxy.server())) {
                for (int mailNumber = 1; mailNumber <= MAILS; mailNumber++) {
                    for (Mailbox inbox : inboxes) {
                        smtp.send(subject(mailNumber, inbox), "\nhello", inbox);
                    }
                }
            }
            for (int i = 0; i < MAILBOXES; i++) {
                Mailbox inbox = inboxes.get(i);
                List<String> own = IntStream.rangeClosed(1, MAILS)
                        .mapToObj(mailNumber -> subject(mailNumber, inbox))
                        .toList();
                assertThat(waits.get(i).join()).isEqualTo(own);
            }
            double perMail = (double) proxy.requests() / (MAILBOXES * MAILS);
            System.out.printf(
                    "%d mailboxes x %d mails: %.2f requests per awaited mail, %.1f s%n",
                    MAILBOXES, MAILS, perMail, (System.nanoTime() - began) / 1e9);
            assertThat(perMail).isLessThanOrEqualTo(MOST_REQUESTS_PER_MAIL);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> awaitOneByOne(Mailbox inbox) {
        List<String> subjects = new ArrayList<>();
        for (int mailNumber = 1; mailNumber <= MAILS; mailNumber++) {
            inbox.waitForMessagesWithSubject(subject(mailNumber, inbox), 1, ofSeconds(200))
                    .forEach(message -> subjects.add(message.subject()));
        }
        return subjects;
    }

    private static String subject(int mailNumber, Mailbox inbox) {
        return mailNumber + " for " + inbox.address();
    }
}
