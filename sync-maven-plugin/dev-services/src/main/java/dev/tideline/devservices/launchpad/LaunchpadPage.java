package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.service.HowToConnect;
import dev.tideline.web.Html;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page. Whole without a script; the script only fetches it again and exchanges the parts with an id that have changed,
 * so everything that may change lies in one.
 */
final class LaunchpadPage {

    private LaunchpadPage() {}

    static String of(View view) {
        Html html = new Html();
        head(html, view);
        html.raw("<main>");
        services(html, view);
        otherPorts(html, view.otherPorts());
        workspaces(html, view.others());
        commands(html);
        return html.raw("</main></body></html>\n").toString();
    }

    private static void head(Html html, View view) {
        String name = String.valueOf(view.workspace().root().getFileName());
        html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
                .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
                .text(view.prefix().value() + " " + name)
                .raw(" · Tideline</title><link rel=\"icon\" href=\"/favicon.svg\">")
                .raw("<link rel=\"stylesheet\" href=\"/assets/colour.css\">")
                .raw("<link rel=\"stylesheet\" href=\"/assets/launchpad.css\">")
                .raw("<script src=\"/assets/launchpad.js\" defer></script></head><body>")
                .raw("<header><p class=\"prefix\"><span class=\"unseen\">Port prefix </span>")
                .text(view.prefix().value())
                .raw("</p><div><h1>")
                .text(name)
                .raw("</h1><p class=\"path\">")
                .text(view.workspace().root())
                .raw("</p></div><p id=\"summary\" role=\"status\">")
                .text(view.summary())
                .raw("</p></header>");
    }

    private static void services(Html html, View view) {
        html.raw("<section id=\"services\" aria-labelledby=\"services-title\"><h2 id=\"services-title\">Services</h2>");
        view.problem()
                .ifPresent(problem ->
                        html.raw("<p class=\"problem\">").text(problem).raw("</p>"));
        if (view.services().isEmpty() && view.problem().isEmpty()) {
            html.raw("<p class=\"empty\">Nothing else was started here.</p>");
        }
        html.raw("<ul class=\"cards\">");
        view.services().forEach(service -> service(html, service));
        html.raw("</ul></section>");
    }

    private static void service(Html html, View.Service service) {
        String id = "service-" + service.name();
        html.raw("<li id=\"")
                .text(id)
                .raw("\" class=\"card ")
                .raw(style(service.health()))
                .raw("\"><h3>")
                .text(service.title())
                .raw("</h3>");
        health(html, service.health());
        html.raw("<p class=\"facts\">").text(service.version()).raw(" · ").text(ports(service.ports()));
        html.raw("<br>").text(service.runBy());
        if (!service.users().isEmpty()) {
            html.raw(", for ").text(String.join(", ", service.users()));
        }
        html.raw("</p>");
        service.pages()
                .forEach((name, url) -> html.raw("<p class=\"open\"><a id=\"")
                        .text(id + "-open-" + name)
                        .raw("\" href=\"")
                        .text(url)
                        .raw("\">Open ")
                        .text(name)
                        .raw("</a></p>"));
        html.raw("<dl>");
        service.connect().forEach(way -> way(html, id, service.title(), way));
        way(html, id, service.title(), new HowToConnect("Log", service.log().toString()));
        html.raw("</dl></li>");
    }

    /** Hidden until the script is there: without it nothing would happen. */
    private static void way(Html html, String id, String of, HowToConnect way) {
        String button = id + "-copy-" + way.label().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        html.raw("<div><dt>")
                .text(way.label())
                .raw("</dt><dd><code>")
                .text(way.text())
                .raw("</code><button type=\"button\" id=\"")
                .text(button)
                .raw("\" class=\"copy\" hidden>Copy<span class=\"unseen\"> ")
                .text(way.label() + " of " + of)
                .raw("</span></button></dd></div>");
    }

    private static void health(Html html, Health health) {
        html.raw("<p class=\"health ")
                .raw(style(health))
                .raw("\">")
                .text(health.words())
                .raw("</p>");
    }

    private static void otherPorts(Html html, List<View.Port> ports) {
        html.raw(
                        "<section id=\"ports\" aria-labelledby=\"ports-title\"><h2 id=\"ports-title\">Other ports of this workspace</h2>")
                .raw("<table><thead><tr><th scope=\"col\">Port</th><th scope=\"col\">Name</th>")
                .raw("<th scope=\"col\">For</th><th scope=\"col\">State</th></tr></thead><tbody>");
        for (View.Port port : ports) {
            html.raw("<tr><td>").text(port.number()).raw("</td><th scope=\"row\">");
            port.page()
                    .ifPresent(url -> html.raw("<a id=\"port-")
                            .text(port.service().name())
                            .raw("-open\" href=\"")
                            .text(url)
                            .raw("\">"));
            html.text(port.service().name());
            port.page().ifPresent(url -> html.raw("</a>"));
            html.raw("</th><td>").text(port.service().description()).raw("</td><td>");
            health(html, port.health());
            html.raw("</td></tr>");
        }
        html.raw("</tbody></table></section>");
    }

    private static void workspaces(Html html, List<View.Other> others) {
        html.raw("<section id=\"workspaces\" aria-labelledby=\"workspaces-title\">")
                .raw("<h2 id=\"workspaces-title\">Other workspaces on this machine</h2>");
        if (others.isEmpty()) {
            html.raw("<p class=\"empty\">Nothing runs in another workspace.</p></section>");
            return;
        }
        html.raw("<ul class=\"others\">");
        for (View.Other other : others) {
            html.raw("<li><img src=\"/swatch/")
                    .text(other.prefix())
                    .raw(".svg\" alt=\"\" width=\"28\" height=\"28\"><div><p><b>")
                    .text(other.prefix())
                    .raw("</b> ");
            other.launchpad()
                    .ifPresentOrElse(
                            url -> html.raw("<a id=\"workspace-")
                                    .text(other.prefix())
                                    .raw("\" href=\"")
                                    .text(url)
                                    .raw("\">")
                                    .text(other.root())
                                    .raw("</a>"),
                            () -> html.text(other.root()));
            html.raw("</p><p class=\"facts\">").text(String.join(", ", other.services()));
            html.raw(other.launchpad().isPresent() ? "" : " (no launchpad there)")
                    .raw("</p></div></li>");
        }
        html.raw("</ul></section>");
    }

    private static void commands(Html html) {
        html.raw(
                "<section aria-labelledby=\"commands-title\"><h2 id=\"commands-title\">In a shell</h2><dl class=\"commands\">");
        for (HowToConnect command : List.of(
                new HowToConnect("These ports as variables", "source target/tideline/ports.env"),
                new HowToConnect("Follow the logs", "mvn sync:logs -Dfollow"),
                new HowToConnect("What is wrong here?", "mvn sync:doctor"),
                new HowToConnect("Stop everything", "mvn sync:stop"))) {
            way(html, "command", "this workspace", command);
        }
        html.raw("</dl></section>");
    }

    private static String ports(Map<String, Integer> ports) {
        if (ports.size() == 1) {
            return "port " + ports.values().iterator().next();
        }
        return "ports "
                + String.join(
                        ", ",
                        ports.entrySet().stream()
                                .map(port -> port.getValue() + " " + port.getKey())
                                .toList());
    }

    private static String style(Health health) {
        return health.name().toLowerCase(Locale.ROOT);
    }
}
