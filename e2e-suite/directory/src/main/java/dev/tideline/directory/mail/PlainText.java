package dev.tideline.directory.mail;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The text of a mail, for programs that show no HTML. */
final class PlainText {

    private PlainText() {}

    /** A line for each block; addresses of links follow their text. */
    static String of(String html) {
        Document document = Jsoup.parse(html);
        for (Element link : document.select("a[href]")) {
            link.appendText(" (" + link.attr("href") + ")");
        }
        document.select("br").forEach(line -> line.after("\n"));
        for (Element element : document.getAllElements()) {
            if (element.isBlock()) {
                element.prependText("\n").appendText("\n");
            }
        }
        return document.wholeText().strip().replaceAll("[ \\t]*\\n\\s*", "\n");
    }
}
