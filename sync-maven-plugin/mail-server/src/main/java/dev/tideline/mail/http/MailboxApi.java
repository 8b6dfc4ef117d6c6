package dev.tideline.mail.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tideline.mail.mime.MessageParser;
import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.MessageHeader;
import dev.tideline.mail.store.MessageQuery;
import dev.tideline.mail.store.StoredMessage;
import dev.tideline.mail.tls.Certificate;
import dev.tideline.web.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths under {@code /api/v1} except waiting and monitoring, which answer later. */
final class MailboxApi {

    private static final int MOST_FOUND = 500;
    private static final JsonFactory JSON = new JsonFactory();

    private final MailStore store;
    private final Optional<Certificate> certificate;

    MailboxApi(MailStore store, Optional<Certificate> certificate) {
        this.store = store;
        this.certificate = certificate;
    }

    Reply handle(Request request) {
        RequestPath path = request.path();
        if (path.startsWith("api", "v1", "search") && path.length() == 3) {
            return search(request);
        }
        if (path.startsWith("api", "v1", "mailbox") && path.length() == 3) {
            only(request, "DELETE");
            store.purge();
            return Reply.ok();
        }
        if (path.startsWith("api", "v1", "certificate.pem") && path.length() == 3) {
            only(request, "GET");
            return certificate();
        }
        if (!path.startsWith("api", "v1", "mailbox") || path.length() < 3) {
            throw Problem.notFound("there is nothing here; mailboxes are at /api/v1/mailbox/{name}");
        }
        MailboxName mailbox = mailbox(path.element(3));
        if (path.length() == 4) {
            return box(request, mailbox);
        }
        if (path.length() == 5) {
            return message(request, mailbox, path.element(4));
        }
        if (path.length() == 6 && path.element(5).equals("source")) {
            only(request, "GET");
            return source(find(store, mailbox, path.element(4)));
        }
        throw Problem.notFound("a message has nothing here; its source is at …/{id}/source");
    }

    private Reply certificate() {
        String pem = certificate
                .orElseThrow(() -> Problem.notFound("this mail server offers no TLS; its setting tls=true does"))
                .pem();
        return new Reply(200, "application/x-pem-file", pem.getBytes(StandardCharsets.US_ASCII), Map.of());
    }

    static MailboxName mailbox(String name) {
        try {
            return MailboxName.of(name);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("'" + name + "' names no mailbox: " + e.getMessage());
        }
    }

    static StoredMessage find(MailStore store, MailboxName mailbox, String id) {
        return store.find(mailbox, id)
                .orElseThrow(() -> Problem.notFound("mailbox '" + mailbox + "' has no message '" + id + "'"));
    }

    static MessageQuery query(Request request) {
        try {
            return new MessageQuery(
                    request.parameter("subject"),
                    request.parameter("from"),
                    request.parameter("since").map(MessageQuery.Since::parse));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    static Reply source(StoredMessage message) {
        return new Reply(200, "text/plain; charset=utf-8", message.sourceBytes(), Map.of());
    }

    private Reply search(Request request) {
        only(request, "GET");
        request.onlyParameters(Set.of("subject", "from", "since"));
        List<MessageHeader> found = store.newest(MOST_FOUND, query(request));
        return Reply.json(MailJson.bytes(json -> MailJson.headers(json, found)));
    }

    private Reply box(Request request, MailboxName mailbox) {
        switch (request.method()) {
            case "GET" -> {
                MessageQuery query = query(request);
                List<MessageHeader> headers = store.messages(mailbox).stream()
                        .map(StoredMessage::header)
                        .filter(query)
                        .toList();
                return Reply.json(MailJson.bytes(json -> MailJson.headers(json, headers)));
            }
            case "DELETE" -> {
                store.purge(mailbox);
                return Reply.ok();
            }
            default -> throw notAllowed(request, "GET, DELETE");
        }
    }

    private Reply message(Request request, MailboxName mailbox, String id) {
        StoredMessage message = find(store, mailbox, id);
        switch (request.method()) {
            case "GET" -> {
                return Reply.json(MailJson.bytes(json -> MailJson.message(
                        json, message.header(), MessageParser.parse(message.source()), request.base())));
            }
            case "PATCH" -> {
                if (seen(request.body())) {
                    store.markSeen(mailbox, message.id());
                }
                return Reply.ok();
            }
            case "DELETE" -> {
                store.remove(mailbox, message.id());
                return Reply.ok();
            }
            default -> throw notAllowed(request, "GET, PATCH, DELETE");
        }
    }

    /** As in Inbucket, a message can be marked seen but not unseen: {@code {"seen":false}} changes nothing. */
    private static boolean seen(byte[] body) {
        boolean seen = false;
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw notTheBody();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isSeen = json.currentName().equals("seen");
                JsonToken value = json.nextToken();
                if (isSeen && !value.isBoolean()) {
                    throw notTheBody();
                }
                seen = isSeen ? json.getBooleanValue() : seen;
                json.skipChildren();
            }
        } catch (IOException malformed) {
            throw notTheBody();
        }
        return seen;
    }

    private static Problem notTheBody() {
        return Problem.badRequest("the body must be JSON such as {\"seen\":true}");
    }

    static void only(Request request, String method) {
        if (!request.method().equals(method)) {
            throw notAllowed(request, method);
        }
    }

    private static Problem notAllowed(Request request, String methods) {
        return new Problem(405, request.method() + " does nothing here; this path takes " + methods);
    }
}
