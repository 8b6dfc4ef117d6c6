package dev.tideline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tideline.testkit.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one mailbox. It waits at the server if possible, so that a mail is seen the moment it arrives: by one request
 * that blocks (Tideline's), else by a websocket (Inbucket's), else the caller has to poll.
 */
final class MailReader {
    private static final Duration LONGEST_HANDSHAKE = Duration.ofSeconds(1);

    /** The awaited mails. The server is asked for those whose subject matches in any case; the test decides. */
    record Wanted(String subject, int count, Mailbox.Cursor after) {
        String since() {
            return after.last();
        }

        boolean is(MailMessage mail) {
            return mail.subject().contains(subject) && after.isBefore(mail);
        }

        List<MailMessage> in(List<MailMessage> all) {
            return all.stream().filter(this::is).toList();
        }
    }

    private final InbucketClient client;
    private final String mailbox;
    // Real time even if the wait uses another clock: it limits requests to a server.
    private final TimeSource time = TimeSource.system();
    /** False once the server has answered that it knows no wait, as Inbucket does. */
    private volatile boolean serverWaits = true;
    /** False once the server has answered that it has no websocket. */
    private volatile boolean serverRings = true;

    MailReader(InbucketClient client, String mailbox) {
        this.client = client;
        this.mailbox = mailbox;
    }

    List<MailMessage> list(Duration timeout) throws InterruptedException {
        return InbucketJson.headers(client.list(mailbox, timeout));
    }

    /**
     * The awaited mails, whole if there are enough of them: at once if they exist, else when enough have come or the
     * time is over, or at once if the server cannot wait.
     */
    List<MailMessage> await(Wanted wanted, Duration left) throws InterruptedException {
        WaitBudget budget = new WaitBudget(left);
        if (serverWaits && budget.isWorthWaiting()) {
            Optional<JsonNode> answer = client.await(
                    mailbox,
                    wanted.subject(),
                    wanted.count(),
                    wanted.since(),
                    budget.atServer(),
                    budget.waitingRequest());
            if (answer.isPresent()) {
                return wanted.in(InbucketJson.wholes(answer.get()));
            }
            serverWaits = false;
        }
        if (serverRings && budget.isWorthWaiting()) {
            Duration handshake = WaitBudget.min(left.dividedBy(4), LONGEST_HANDSHAKE);
            try (MailBell bell = MailBell.hang(client.monitor(mailbox), wanted::is, handshake)) {
                return lookAtEachRing(bell, wanted, budget.atServer());
            } catch (MailBell.NoBell e) {
                serverRings = !MailBell.isRefusal(e);
            }
        }
        return look(wanted, left);
    }

    private List<MailMessage> lookAtEachRing(MailBell bell, Wanted wanted, Duration wait) throws InterruptedException {
        long end = time.nanoTime() + wait.toNanos();
        List<MailMessage> found;
        do {
            found = look(wanted, wait);
        } while (found.size() < wanted.count() && bell.rings(Duration.ofNanos(end - time.nanoTime())));
        return found;
    }

    private List<MailMessage> look(Wanted wanted, Duration left) throws InterruptedException {
        List<MailMessage> found = wanted.in(list(new WaitBudget(left).plainRequest()));
        return found.size() < wanted.count() ? found : whole(found, left);
    }

    List<MailMessage> whole(List<MailMessage> headers, Duration left) throws InterruptedException {
        List<MailMessage> messages = new ArrayList<>();
        for (MailMessage header : headers) {
            messages.add(InbucketJson.whole(client.message(mailbox, header.id(), new WaitBudget(left).plainRequest())));
        }
        return List.copyOf(messages);
    }

    void purge(Duration timeout) throws InterruptedException {
        client.purge(mailbox, timeout);
    }

    byte[] bytes(URI link, Duration timeout) throws InterruptedException {
        return client.bytes(link, timeout);
    }
}
