package dev.tideline.mail.http;

import dev.tideline.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page to read mail: one HTML file with its style and script, from the jar. It loads nothing from elsewhere. */
final class Page {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; "
            + "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String RESOURCES = "/dev/tideline/mail/";

    private final Map<String, Reply> assets = Map.of(
            "mail.css", load("mail.css", "text/css; charset=utf-8"),
            "mail.js", load("mail.js", "text/javascript; charset=utf-8"),
            "mail.html", load("mail.html", "text/html; charset=utf-8"));

    /** Whether the path is one that shows the page, in one of its views. */
    static boolean isAt(RequestPath path) {
        return path.length() == 0
                || path.startsWith("assets")
                || path.startsWith("mailbox")
                || path.startsWith("favicon.ico");
    }

    Reply handle(Request request) {
        MailboxApi.only(request, "GET");
        RequestPath path = request.path();
        if (path.startsWith("favicon.ico")) {
            return new Reply(204, "image/x-icon", new byte[0], Map.of());
        }
        if (!path.startsWith("assets")) {
            return assets.get("mail.html");
        }
        Reply asset = path.length() == 2 ? assets.get(path.element(1)) : null;
        if (asset == null) {
            throw Problem.notFound("the page has no such file");
        }
        return asset;
    }

    private static Reply load(String name, String contentType) {
        try (InputStream resource = Page.class.getResourceAsStream(RESOURCES + name)) {
            if (resource == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCES + name);
            }
            return new Reply(200, contentType, resource.readAllBytes(), Map.of("Content-Security-Policy", POLICY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
