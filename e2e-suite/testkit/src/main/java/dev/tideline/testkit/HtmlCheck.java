package dev.tideline.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * Searches the HTML of a mail for what mail programs remove, cut off or show wrongly, and for common mistakes. It knows the
 * usual rules, but does not render the mail as each program would. Immutable.
 *
 * <pre>{@code
 * HtmlCheck.of(mail).expectNoProblems();
 * }</pre>
 */
public final class HtmlCheck {
    /** Gmail shows no more of a message's HTML. */
    private static final int CLIPPED_BYTES = 102 * 1024;

    private static final int MOST_SYNTAX_ERRORS = 20;
    /** Blanks and control characters in it change nothing. */
    private static final Pattern SCRIPT = Pattern.compile(
            "^[\\s\\p{Cntrl}]*(j\\s*a\\s*v\\s*a|v\\s*b)\\s*s\\s*c\\s*r\\s*i\\s*p\\s*t\\s*:", Pattern.CASE_INSENSITIVE);

    private static final Set<String> REMOVED = Set.of(
            "script", "iframe", "frame", "object", "embed", "applet", "base", "canvas", "audio", "video", "dialog",
            "portal", "svg");
    /** Elements that HTML ends by itself. */
    private static final Set<String> ENDED_BY_WHAT_FOLLOWS = Set.of(
            "html",
            "head",
            "body",
            "p",
            "li",
            "dt",
            "dd",
            "option",
            "optgroup",
            "tr",
            "td",
            "th",
            "thead",
            "tbody",
            "tfoot",
            "colgroup",
            "caption",
            "rt",
            "rp");
    /** {@code <![if !mso]>}: Outlook reads it, and for all others it is a comment. */
    private static final String CONDITIONAL = "input state [MarkupDeclarationOpen]";
    /** Of the whole end, where each element that is not closed is named with its own line. */
    private static final String UNCLOSED_AT_END = "Unexpected EOF token";

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
        parser.getErrors().stream()
                .filter(error -> !error.getErrorMessage().endsWith(CONDITIONAL)
                        && !error.getErrorMessage().startsWith(UNCLOSED_AT_END))
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
        if (isUnclosed(element)) {
            problems.add("it is never closed");
        }
        if (REMOVED.contains(name)) {
            problems.add("mail programs remove it");
        }
        if (element.is("img:not([alt]), input[type=image]:not([alt]), area[href]:not([alt])")) {
            problems.add("it has no alt text, and pictures are often not shown (alt=\"\" for decoration)");
        }
        if (element.is("img[src^=data:]")) {
            problems.add("Gmail and Outlook show no pictures of data: addresses; attach it, and name it by cid:");
        }
        if (name.equals("a") && element.hasAttr("href") && says(element).isBlank()) {
            problems.add("it has nothing that could be read out or clicked");
        }
        if (name.equals("link") && element.attr("rel").toLowerCase(Locale.ROOT).contains("stylesheet")) {
            problems.add("mail programs load no style sheets; put the styles into the mail");
        }
        if (name.equals("style") && element.data().contains("@import")) {
            problems.add("mail programs load no style sheets, @import included");
        }
        if (name.equals("meta") && element.attr("http-equiv").equalsIgnoreCase("refresh")) {
            problems.add("mail programs ignore a refresh");
        }
        for (Attribute attribute : element.attributes()) {
            if (attribute.getKey().toLowerCase(Locale.ROOT).startsWith("on")) {
                problems.add("mail programs run no scripts, " + attribute.getKey() + " included");
            }
            if (SCRIPT.matcher(attribute.getValue()).find()) {
                problems.add("mail programs run no scripts, those of links included");
            }
        }
        return problems.stream();
    }

    /** Formatting that is closed in the wrong order has parts of its own, without a tag; that is an error by itself. */
    private static boolean isUnclosed(Element element) {
        return element.endSourceRange().isImplicit()
                && !element.sourceRange().isImplicit()
                && !element.tag().isEmpty()
                && !ENDED_BY_WHAT_FOLLOWS.contains(element.normalName())
                && element.closest("svg, math") == null;
    }

    /** Its text, and that of its pictures. */
    private static String says(Element element) {
        return element.text()
                + element.attr("aria-label")
                + element.attr("title")
                + String.join("", element.select("img[alt]").eachAttr("alt"));
    }

    private static String line(Element element) {
        return "line " + element.sourceRange().start().lineNumber() + ": ";
    }

    /** The element's own tag. */
    private static String shown(Element element) {
        return element.shallowClone().outerHtml().replaceAll("(?s)\n?</.*", "").strip() + ": ";
    }
}
