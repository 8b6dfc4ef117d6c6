package dev.tideline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Orders faults from Tideline's own mail server, so that a test can check how the application handles them. Closing this
 * ends them. Safe for use by several threads.
 *
 * <pre>{@code
 * try (MailFaults faults = MailFaults.ofWorkspace()) {
 *     faults.failTemporarily(inbox, 2);
 *     signUp(inbox.address());
 *     inbox.waitForMessagesWithSubject("Verify your email");   // the third try
 * }
 * }</pre>
 */
public final class MailFaults implements AutoCloseable {
    private static final JsonServer SERVER = new JsonServer("mail server", MailServerException::new);
    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final String root;
    private final List<String> ordered = new CopyOnWriteArrayList<>();

    private MailFaults(MailServer server) {
        this.root = server.api().toString().replaceAll("/+$", "") + "/api/v1/faults";
    }

    /**
     * At the mail server of this workspace, without any faults yet.
     *
     * @throws dev.tideline.ports.PortConfigException if the workspace's port prefix is not valid
     */
    public static MailFaults ofWorkspace() {
        return at(MailServer.ofWorkspace());
    }

    /** At any mail server of Tideline, without any faults yet; Inbucket has no such API. */
    public static MailFaults at(MailServer server) {
        return new MailFaults(server);
    }

    /** Rejects all mail to a mailbox permanently, as if there were no such user. */
    public MailFaults refuse(Mailbox inbox) {
        return order(fault(inbox).put("code", 550).put("message", "5.1.1 Ordered by a test: no such user"));
    }

    /**
     * Fails the next attempts to send to a mailbox with a code that asks the sender to retry.
     *
     * @param times number of attempts, at least 1
     */
    public MailFaults failTemporarily(Mailbox inbox, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("A fault happens at least once, not " + times + " times");
        }
        return order(fault(inbox).put("code", 451).put("times", times));
    }

    /** Delays the answer to everybody who sends to a mailbox by at most 5 minutes; the mail arrives. */
    public MailFaults delay(Mailbox inbox, Duration delay) {
        return order(fault(inbox).put("delay_ms", delay.toMillis()));
    }

    /**
     * Orders any fault that the mail server's API knows.
     *
     * @param json for example {@code {"sender":"@shop","at":"data","code":552}}
     * @throws MailServerException if the server rejects it, with its reason
     */
    public MailFaults order(String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root))
                .timeout(REQUEST)
                .POST(BodyPublishers.ofString(json))
                .build();
        JsonNode answer = ask(() -> SERVER.json(request.uri(), SERVER.answer(request)));
        ordered.add(answer.path("id").asText());
        return this;
    }

    /** Ends all faults ordered here. */
    @Override
    public void close() {
        for (String id : ordered) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(root + "/" + id))
                    .timeout(REQUEST)
                    .DELETE()
                    .build();
            // 404: somebody has ended all of them.
            ask(() -> SERVER.send(request));
            ordered.remove(id);
        }
    }

    private MailFaults order(ObjectNode fault) {
        return order(fault.toString());
    }

    private static ObjectNode fault(Mailbox inbox) {
        return JsonServer.JSON.createObjectNode().put("recipient", inbox.address());
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws InterruptedException;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailServerException("Interrupted while talking to the mail server", e);
        }
    }
}
