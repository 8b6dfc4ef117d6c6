package dev.tideline.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Looks in the HTML of a mail for what mail programs remove, cut off or show wrongly, and for mistakes of a page's maker. It
 * knows the usual rules, and is no rendering in each program. Immutable.
 *
 * <pre>{@code
 * HtmlCheck.of(mail).expectNoProblems();
 * }</pre>
 */
public final class HtmlCheck {
    /** Gmail shows no more of a message's HTML. */
    private static final int CLIPPED_BYTES = 102 * 1024;

    private static final int MOST_SYNTAX_ERRORS = 20;
    private static final Set<String> REMOVED = Set.of(
            "script", "iframe", "frame", "object", "embed", "applet", "base", "canvas", "audio", "video", "dialog",
            "portal");

    private final MailMessage mail;
    private final Predicate<String> ignored;

    private HtmlCheck(MailMessage mail, Predicate<String> ignored) {
        this.mail = Objects.requireNonNull(mail, "mail");
        this.ignored = ignored;
    }

    /** The check of one mail, fetched with its body. */
    public static HtmlCheck of(MailMessage mail) {
        return new HtmlCheck(mail, problem -> false);
    }

    /** Leaves out problems whose text contains this. */
    public HtmlCheck ignoring(String part) {
        return new HtmlCheck(mail, ignored.or(problem -> problem.contains(part)));
    }

    /**
     * One line for each problem, in the order of the HTML; none for a mail without HTML.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<String> problems() {
        String html = mail.html();
        if (html.isEmpty()) {
            return List.of();
        }
        Parser parser = Parser.htmlParser().setTrackErrors(MOST_SYNTAX_ERRORS).setTrackPosition(true);
        Document document = Jsoup.parse(html, "", parser);
        List<String> problems = new ArrayList<>(ofTheWhole(html));
        parser.getErrors()
                .forEach(error -> problems.add("line " + error.getCursorPos().replaceFirst(":.*", "") + ": "
                        + error.getErrorMessage().replaceFirst(" when in state .*", "")));
        for (Element element : document.getAllElements()) {
            of(element).forEach(problem -> problems.add(line(element) + shown(element) + problem));
        }
        return problems.stream().filter(ignored.negate()).toList();
    }

    /**
     * Fails if there are problems.
     *
     * @throws AssertionError with all of them
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public void expectNoProblems() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new AssertionError("The HTML of the mail \"" + mail.subject() + "\" has "
                    + (problems.size() == 1 ? "a problem:" : problems.size() + " problems:") + "\n  "
                    + String.join("\n  ", problems));
        }
    }

    private List<String> ofTheWhole(String html) {
        List<String> problems = new ArrayList<>();
        int bytes = html.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > CLIPPED_BYTES) {
            problems.add("it has " + bytes + " bytes; Gmail shows no more than " + CLIPPED_BYTES);
        }
        if (mail.text().isBlank()) {
            problems.add("there is no plain text beside it, for readers without HTML and for spam filters");
        }
        boolean ascii = html.chars().allMatch(c -> c < 0x80);
        mail.header("Content-Type").stream()
                .filter(type -> !ascii && type.matches("(?is)\\s*text/html.*") && !type.matches("(?is).*charset.*"))
                .forEach(type -> problems.add(
                        "its Content-Type is " + type + ", without a charset, and there are letters beyond ASCII"));
        return problems;
    }

    private static Stream<String> of(Element element) {
        List<String> problems = new ArrayList<>();
        String name = element.normalName();
        if (REMOVED.contains(name)) {
            problems.add("mail programs remove it");
        }
        if (name.equals("img") && !element.hasAttr("alt")) {
            problems.add("it has no alt text, and pictures are often not shown (alt=\"\" for decoration)");
        }
        if (name.equals("link") && element.attr("rel").toLowerCase(Locale.ROOT).contains("stylesheet")) {
            problems.add("mail programs load no style sheets; put the styles into the mail");
        }
        if (name.equals("style") && element.data().contains("@import")) {
            problems.add("mail programs load no style sheets, @import included");
        }
        if (name.equals("meta") && element.attr("http-equiv").equalsIgnoreCase("refresh")) {
            problems.add("mail programs do not go elsewhere by themselves");
        }
        for (Attribute attribute : element.attributes()) {
            if (attribute.getKey().toLowerCase(Locale.ROOT).startsWith("on")) {
                problems.add("mail programs run no scripts, " + attribute.getKey() + " included");
            }
            if (attribute.getValue().strip().toLowerCase(Locale.ROOT).startsWith("javascript:")) {
                problems.add("mail programs run no scripts, those of links included");
            }
        }
        return problems.stream();
    }

    private static String line(Element element) {
        return "line " + element.sourceRange().start().lineNumber() + ": ";
    }

    /** The element's own tag. */
    private static String shown(Element element) {
        return element.shallowClone().outerHtml().replaceAll("(?s)\n?</.*", "").strip() + ": ";
    }
}
