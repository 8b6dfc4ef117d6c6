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
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?://[^\\s<>\"]+");
    /** An address in {@code srcset}, which a width or a density may follow. */
    private static final Pattern CANDIDATE = Pattern.compile("\\s*([^\\s,]\\S*[^\\s,])(?:\\s+[^,]*)?(?:,|$)");

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

    /** Everything that a mail program may request, unchanged, except for parts and places that the mail itself has. */
    static List<String> addresses(MailContent content) {
        Set<String> addresses = new LinkedHashSet<>();
        Document document = Jsoup.parse(content.html());
        for (Element element :
                document.select("a[href], area[href], link[href], img, source, input[type=image], [background]")) {
            for (String attribute : List.of("href", "src", "background")) {
                if (element.hasAttr(attribute)) {
                    addresses.add(element.attr(attribute).strip());
                }
            }
            CANDIDATE.matcher(element.attr("srcset")).results().forEach(found -> addresses.add(found.group(1)));
        }
        addresses.removeIf(address -> address.startsWith("#") && isPlace(document, address.substring(1)));
        addresses.addAll(inText(content));
        return List.copyOf(addresses);
    }

    /** Without a name, and as "top", it is the beginning. */
    private static boolean isPlace(Document document, String name) {
        return name.isEmpty()
                || name.equalsIgnoreCase("top")
                || document.getElementsByAttributeValue("id", name).size() > 0
                || document.getElementsByAttributeValue("name", name).size() > 0;
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
