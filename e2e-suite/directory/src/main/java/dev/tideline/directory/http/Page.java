package dev.tideline.directory.http;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A small page for people, built as a document so that nothing has to be escaped by hand. */
public final class Page {

    /** No scripts and styles but our own files, no frames, and no referrer, since addresses contain tokens. */
    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "Cache-Control", "no-cache");

    private static final List<String> STYLES = List.of("/look/tideline.css", "/assets/directory.css");

    private final Document document = Document.createShell("");
    private final Element main;

    private Page(String title) {
        document.selectFirst("html").attr("lang", "en");
        document.title(title);
        document.head()
                .appendElement("meta")
                .attr("name", "viewport")
                .attr("content", "width=device-width, initial-scale=1");
        STYLES.forEach(style ->
                document.head().appendElement("link").attr("rel", "stylesheet").attr("href", style));
        document.head().appendElement("link").attr("rel", "icon").attr("href", "/assets/icon.svg");
        main = document.body().appendElement("main");
        main.appendElement("h1").text(title);
    }

    public static Page of(String title) {
        return new Page(title);
    }

    public Page text(String text) {
        main.appendElement("p").text(text);
        return this;
    }

    /** Posts to the page's own address. */
    public Page button(String label) {
        main.appendElement("form")
                .attr("method", "post")
                .appendElement("button")
                .text(label);
        return this;
    }

    public void show(Call call) {
        HEADERS.forEach(call.context()::header);
        call.context().html("<!doctype html>\n" + document.selectFirst("html").outerHtml());
    }
}
