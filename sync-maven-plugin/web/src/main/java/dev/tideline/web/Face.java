package dev.tideline.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the pages of a workspace share: colours, icon, and a header with the port prefix and links to the others.
 *
 * @param host the machine's name as the client wrote it
 * @param prefix empty if the server runs on a port outside the scheme; then the other pages are unknown
 * @param page the page that is shown
 */
public record Face(String host, OptionalInt prefix, Page page) {

    private static final List<String> FILES = List.of("tideline.css", "brand.js", "times.js", "face.js");

    /** The pages, in the order of the header. */
    public enum Page {
        LAUNCHPAD(0, "Launchpad"),
        MAILBOX(5, "Mailbox"),
        TRACES(7, "Traces"),
        DASHBOARD(1, "Dashboard");

        private final int suffix;
        private final String title;

        Page(int suffix, String title) {
            this.suffix = suffix;
            this.title = title;
        }

        /** The last two digits of its port. */
        public int suffix() {
            return suffix;
        }
    }

    /** A file that every page needs. */
    public record Asset(String contentType, String body) {}

    /** The face of a page that was requested with this {@code Host} header, which may be null. */
    public static Face of(String host, Page page) {
        String called = host == null ? "127.0.0.1" : host;
        int colon = called.lastIndexOf(':');
        boolean hasPort =
                colon > called.lastIndexOf(']') && called.substring(colon + 1).matches("\\d{4,5}");
        int port = hasPort ? Integer.parseInt(called.substring(colon + 1)) : 0;
        return new Face(
                hasPort ? called.substring(0, colon) : called,
                hasPort && port % 100 == page.suffix ? OptionalInt.of(port / 100) : OptionalInt.empty(),
                page);
    }

    /** The same with a known prefix, in case the port was forwarded. */
    public Face with(int known) {
        return new Face(host, OptionalInt.of(known), page);
    }

    /** The shared file at a path; empty if there is none. */
    public Optional<Asset> asset(String path) {
        if (path.equals("/favicon.svg") || path.equals("/favicon.ico")) {
            return Optional.of(new Asset("image/svg+xml", colour().svg()));
        }
        if (path.equals("/look/hue.css")) {
            return Optional.of(new Asset("text/css; charset=utf-8", colour().css()));
        }
        return FILES.stream()
                .filter(file -> path.equals("/look/" + file))
                .findFirst()
                .map(file -> new Asset(
                        (file.endsWith(".css") ? "text/css" : "text/javascript") + "; charset=utf-8", read(file)));
    }

    /**
     * A page up to the end of its header.
     *
     * @param title of the browser's tab, besides prefix and product
     * @param style address of the page's own style sheet
     * @param script address of the page's own module; empty if it has none
     */
    public Html begin(String title, String style, String script) {
        Html html = new Html()
                .raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>");
        prefix.ifPresent(number -> html.text(number + " "));
        html.text(title)
                .raw(" · Tideline</title><link rel=\"icon\" href=\"/favicon.svg\">")
                .raw(
                        "<link rel=\"stylesheet\" href=\"/look/hue.css\"><link rel=\"stylesheet\" href=\"/look/tideline.css\">")
                .raw("<link rel=\"stylesheet\" href=\"" + style
                        + "\"><script type=\"module\" src=\"/look/face.js\"></script>");
        if (!script.isEmpty()) {
            html.raw("<script type=\"module\" src=\"" + script + "\"></script>");
        }
        html.raw("</head><body><a class=\"skip\" href=\"#content\">Skip to the content</a><header class=\"top\">");
        prefix.ifPresent(number -> html.raw("<p class=\"prefix\"><span class=\"unseen\">Port prefix </span>")
                .text(number)
                .raw("</p>"));
        html.raw("<p class=\"product\">Tideline</p>");
        others(html);
        return html.raw("<p id=\"live\" class=\"live\" role=\"status\"></p>")
                .raw("<button type=\"button\" id=\"theme\" hidden><span>Theme: </span>auto</button></header>");
    }

    private void others(Html html) {
        html.raw("<nav aria-label=\"Services\"><ul>");
        for (Page other : Page.values()) {
            if (other == page || prefix.isPresent()) {
                html.raw("<li><a href=\"")
                        .text(other == page ? "/" : address(other))
                        .raw("\"");
                html.raw(other == page ? " aria-current=\"page\">" : ">")
                        .text(other.title)
                        .raw("</a></li>");
            }
        }
        html.raw("</ul></nav>");
    }

    private String address(Page other) {
        return "http://" + host + ":" + (prefix.getAsInt() * 100 + other.suffix) + "/";
    }

    private PrefixColour colour() {
        return PrefixColour.of(prefix.orElse(PrefixColour.DEFAULT_PREFIX));
    }

    private static String read(String file) {
        try (InputStream in = Face.class.getResourceAsStream("look/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of tideline-web cannot be read", e);
        }
    }
}
