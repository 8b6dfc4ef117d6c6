package dev.tideline.mail.http;

import dev.tideline.web.Face;
import dev.tideline.web.Face.Asset;
import dev.tideline.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page for reading mail, from the jar. It loads nothing from elsewhere. */
final class Page {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String RESOURCES = "/dev/tideline/mail/";

    private final String body = read("mail.html");
    private final Map<String, Asset> assets = Map.of(
            "/assets/mail.css", new Asset("text/css; charset=utf-8", read("mail.css")),
            "/assets/mail.js", new Asset("text/javascript; charset=utf-8", read("mail.js")));

    /** Whether the path shows the page, in one of its views. */
    static boolean isAt(RequestPath path) {
        return path.length() == 0
                || List.of("assets", "look", "mailbox", "favicon.ico", "favicon.svg")
                        .contains(path.element(0));
    }

    Reply handle(Request request) {
        MailboxApi.only(request, "GET");
        RequestPath path = request.path();
        Face face = Face.of(request.base().replaceFirst("^https?://", ""), Face.Page.MAILBOX);
        if (path.length() == 0 || path.startsWith("mailbox")) {
            String page = face.begin("Mailbox", "/assets/mail.css", "/assets/mail.js")
                    .raw(body)
                    .toString();
            return reply(new Asset("text/html; charset=utf-8", page));
        }
        String name = "/" + String.join("/", path.elements());
        return face.asset(name)
                .or(() -> Optional.ofNullable(assets.get(name)))
                .map(Page::reply)
                .orElseThrow(() -> Problem.notFound("the page has no such file"));
    }

    private static Reply reply(Asset asset) {
        return new Reply(
                200,
                asset.contentType(),
                asset.body().getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Security-Policy", POLICY));
    }

    private static String read(String name) {
        try (InputStream resource = Page.class.getResourceAsStream(RESOURCES + name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
