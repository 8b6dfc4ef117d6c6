package dev.tideline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one mailbox; waits at the server where the server can, so that a mail is seen the moment it is there. */
final class MailReader {
    /** For less than this a wait at the server is not worth its while. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(5);
    private static final Duration SHORTEST_REQUEST = Duration.ofMillis(200);

    /** Which mails are waited for. The server is asked for those whose subject matches in any case; the test decides. */
    record Wanted(String subject, int count, Mailbox.Cursor after) {
        String since() {
            return after.last();
        }

        List<MailMessage> in(List<MailMessage> all) {
            return all.stream()
                    .filter(mail -> mail.subject().contains(subject) && after.isBefore(mail))
                    .toList();
        }
    }

    private final InbucketClient client;
    private final String mailbox;
    /** False once the server has said that it knows no wait, as Inbucket does. */
    private volatile boolean serverWaits = true;

    MailReader(InbucketClient client, String mailbox) {
        this.client = client;
        this.mailbox = mailbox;
    }

    List<MailMessage> list(Duration timeout) throws InterruptedException {
        return InbucketJson.headers(client.list(mailbox, timeout));
    }

    /**
     * The mails that are wanted, whole if there are enough of them: at once where there are, else when enough have come
     * or the time is over.
     */
    List<MailMessage> await(Wanted wanted, Duration left) throws InterruptedException {
        if (serverWaits && left.compareTo(SHORTEST_WAIT) >= 0) {
            // The server has to give up a little before this side does, or its answer would come too late.
            Duration wait = min(left.multipliedBy(9).dividedBy(10), LONGEST_WAIT);
            Optional<JsonNode> answer =
                    client.await(mailbox, wanted.subject(), wanted.count(), wanted.since(), wait, left);
            if (answer.isPresent()) {
                return wanted.in(InbucketJson.wholes(answer.get()));
            }
            serverWaits = false;
        }
        List<MailMessage> found = wanted.in(list(requestTimeout(left)));
        return found.size() < wanted.count() ? found : whole(found, left);
    }

    List<MailMessage> whole(List<MailMessage> headers, Duration left) throws InterruptedException {
        List<MailMessage> messages = new ArrayList<>();
        for (MailMessage header : headers) {
            messages.add(InbucketJson.whole(client.message(mailbox, header.id(), requestTimeout(left))));
        }
        return List.copyOf(messages);
    }

    void purge(Duration timeout) throws InterruptedException {
        client.purge(mailbox, timeout);
    }

    byte[] bytes(URI link, Duration timeout) throws InterruptedException {
        return client.bytes(link, timeout);
    }

    /** A little less than what is left, so that a silent server is reported as such and not as an attempt that hung. */
    private static Duration requestTimeout(Duration left) {
        Duration shorter = min(left.multipliedBy(9).dividedBy(10), LONGEST_REQUEST);
        return shorter.compareTo(SHORTEST_REQUEST) < 0 ? SHORTEST_REQUEST : shorter;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
