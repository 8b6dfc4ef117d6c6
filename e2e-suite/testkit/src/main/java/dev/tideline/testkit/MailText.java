package dev.tideline.testkit;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Finds in a mail what a reader would click or copy. */
final class MailText {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s<>\"]+");
    private static final Pattern CODE =
            Pattern.compile("(?<![\\w.,:/#+-])(\\d{3}[ -]\\d{3}|\\d{4,8})(?![\\w/:+-]|[.,]\\d)");

    private MailText() {}

    static List<URI> links(MailContent content) {
        Set<URI> links = new LinkedHashSet<>();
        Document document = Jsoup.parse(content.html());
        for (Element anchor : document.select("a[href], area[href], form[action]")) {
            String target = anchor.hasAttr("href") ? anchor.attr("href") : anchor.attr("action");
            if (target.strip().matches("(?i)https?://.*")) {
                address(target.strip()).ifPresent(links::add);
            }
        }
        inText(content).forEach(found -> address(found).ifPresent(links::add));
        return List.copyOf(links);
    }

    /** Everything that a mail program may request, unchanged, except for parts of the mail itself. */
    static List<String> addresses(MailContent content) {
        Set<String> addresses = new LinkedHashSet<>();
        for (Element element : Jsoup.parse(content.html()).select("a[href], area[href], link[href], img[src]")) {
            String target = element.hasAttr("href") ? element.attr("href") : element.attr("src");
            if (!target.startsWith("#")) {
                addresses.add(target.strip());
            }
        }
        addresses.addAll(inText(content));
        return List.copyOf(addresses);
    }

    private static List<String> inText(MailContent content) {
        return ADDRESS.matcher(content.text())
                .results()
                .map(found -> withoutPunctuation(found.group()))
                .toList();
    }

    static List<String> codes(MailContent content) {
        List<String> seen = new ArrayList<>();
        seen.add(content.text());
        if (!content.html().isEmpty()) {
            seen.add(Jsoup.parse(content.html()).wholeText());
        }
        Set<String> codes = new LinkedHashSet<>();
        for (String text : seen) {
            Matcher matcher = CODE.matcher(ADDRESS.matcher(text).replaceAll(" "));
            while (matcher.find()) {
                codes.add(matcher.group(1).replaceAll("\\D", ""));
            }
        }
        return List.copyOf(codes);
    }

    /** A sentence's full stop, or a bracket around the address, is no part of it. */
    private static String withoutPunctuation(String address) {
        String cut = address.replaceAll("[.,;:!?'*]+$", "");
        boolean unopened = cut.chars().filter(c -> c == ')').count()
                > cut.chars().filter(c -> c == '(').count();
        return cut.endsWith(")") && unopened ? withoutPunctuation(cut.substring(0, cut.length() - 1)) : cut;
    }

    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text.replace(" ", "%20")));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
