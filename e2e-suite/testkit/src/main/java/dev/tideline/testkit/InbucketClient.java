package dev.tideline.testkit;

import static dev.tideline.testkit.JsonServer.encoded;
import static dev.tideline.testkit.JsonServer.get;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Inbucket's REST v1 and its monitor, and the wait that Tideline's server has in addition. Thread-safe. */
final class InbucketClient {
    private static final JsonServer SERVER = new JsonServer("mail server", MailServerException::new);

    private final String root;

    InbucketClient(URI root) {
        this.root = root.toString().replaceAll("/+$", "");
    }

    JsonNode list(String mailbox, Duration timeout) throws InterruptedException {
        return SERVER.array(mailbox(mailbox, ""), timeout);
    }

    JsonNode message(String mailbox, String id, Duration timeout) throws InterruptedException {
        return SERVER.object(mailbox(mailbox, "/" + encoded(id)), timeout);
    }

    void purge(String mailbox, Duration timeout) throws InterruptedException {
        SERVER.answer(HttpRequest.newBuilder(mailbox(mailbox, ""))
                .DELETE()
                .timeout(timeout)
                .build());
    }

    byte[] bytes(URI link, Duration timeout) throws InterruptedException {
        return SERVER.answer(get(link, timeout)).body();
    }

    /**
     * Blocks until this many mails have arrived, or the time is over.
     *
     * @return the mails of this subject, whole; empty if the server has no such wait
     */
    Optional<JsonNode> await(String mailbox, String subject, int count, String since, Duration wait, Duration timeout)
            throws InterruptedException {
        URI uri = mailbox(
                mailbox,
                "/wait?full=true&subject=" + encoded(subject) + "&count=" + count + "&timeout=" + wait.toMillis() + "ms"
                        + (since == null ? "" : "&since=" + encoded(since)));
        HttpResponse<byte[]> response = SERVER.send(get(uri, timeout));
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        return Optional.of(SERVER.array(uri, SERVER.json(uri, SERVER.accepted(response)), "messages"));
    }

    /** The address of the websocket that announces each mail. */
    URI monitor(String mailbox) {
        return URI.create(root.replaceFirst("^http", "ws") + "/api/v1/monitor/messages/" + encoded(mailbox));
    }

    private URI mailbox(String mailbox, String rest) {
        return URI.create(root + "/api/v1/mailbox/" + encoded(mailbox) + rest);
    }
}
