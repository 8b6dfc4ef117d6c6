package dev.tideline.devservices.launchpad;

import dev.tideline.devservices.service.HowToConnect;
import dev.tideline.web.Face;
import dev.tideline.web.Html;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page. It is complete without JavaScript; the script only fetches it again and replaces the parts with an id that
 * have changed, so everything that may change lies within such a part.
 */
final class LaunchpadPage {

    private LaunchpadPage() {}

    static String of(View view, Face face, String token) {
        String name = String.valueOf(view.workspace().root().getFileName());
        Html html = face.begin(name, "/assets/launchpad.css", "/assets/launchpad.js");
        html.raw("<main id=\"content\" data-token=\"").text(token).raw("\"><div class=\"title\"><h1>");
        html.text(name).raw("</h1><p class=\"soft\">").text(view.workspace().root());
        html.raw("</p><p id=\"summary\" role=\"status\">").text(view.summary()).raw("</p></div>");
        pages(html, view);
        services(html, view);
        workspaces(html, view.others());
        otherPorts(html, view.otherPorts());
        commands(html);
        return html.raw("</main></body></html>\n").toString();
    }

    /** First what most people come for. */
    private static void pages(Html html, View view) {
        Map<String, String> pages = new LinkedHashMap<>();
        view.services().stream()
                .filter(service -> service.health() == Health.READY)
                .forEach(service -> pages.putAll(service.pages()));
        view.otherPorts()
                .forEach(port ->
                        port.page().ifPresent(url -> pages.put(port.service().name(), url)));
        html.raw(
                "<section id=\"pages\" aria-labelledby=\"pages-title\"><h2 id=\"pages-title\" class=\"unseen\">Open</h2>");
        if (pages.isEmpty()) {
            html.raw("<p class=\"empty\">No page can be opened yet.</p></section>");
            return;
        }
        html.raw("<ul class=\"pages\">");
        pages.forEach((port, url) -> {
            html.raw("<li><a id=\"open-").text(port).raw("\" href=\"").text(url).raw("\"><b>Open ");
            html.text(port.equals("admin") ? "dashboard" : port).raw("</b> <span>");
            html.text(url.substring(url.lastIndexOf(':'))).raw("</span></a></li>");
        });
        html.raw("</ul></section>");
    }

    private static void services(Html html, View view) {
        html.raw("<section id=\"services\" aria-labelledby=\"services-title\"><h2 id=\"services-title\">Services</h2>");
        view.problem()
                .ifPresent(problem ->
                        html.raw("<p class=\"trouble\">").text(problem).raw("</p>"));
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
        if (!service.health().isDown()) {
            html.raw(", started <time data-ago datetime=\"")
                    .text(service.startedAt())
                    .raw("\">");
            html.text(service.startedAt()).raw("</time>");
        }
        if (!service.users().isEmpty()) {
            html.raw(", for ").text(String.join(", ", service.users()));
        }
        html.raw("</p>");
        service.problem()
                .ifPresent(problem -> html.raw("<p class=\"trouble\" role=\"alert\">")
                        .text(problem)
                        .raw("</p>"));
        html.raw("<p class=\"controls\">");
        (service.health().isDown() ? List.of("Start") : List.of("Restart", "Stop"))
                .forEach(what -> control(html, service, what));
        html.raw("</p><details id=\"")
                .text(id + "-connect")
                .raw("\"><summary id=\"")
                .text(id + "-connect-summary");
        html.raw("\">Connect<span class=\"unseen\"> to ").text(service.title()).raw("</span></summary><dl>");
        service.connect().forEach(way -> way(html, id, service.title(), way));
        html.raw("</dl></details><details id=\"").text(id + "-log").raw("\" class=\"log\" data-service=\"");
        html.text(service.name())
                .raw("\"><summary id=\"")
                .text(id + "-log-summary")
                .raw("\">Log");
        html.raw("<span class=\"unseen\"> of ").text(service.title()).raw("</span></summary>");
        html.raw("<pre id=\"")
                .text(id + "-lines")
                .raw("\" tabindex=\"0\" role=\"log\" aria-label=\"Log of ")
                .text(service.title())
                .raw("\"></pre><dl>");
        way(html, id, service.title(), new HowToConnect("Log", service.log().toString()));
        html.raw("</dl></details></li>");
    }

    /** Hidden until the script runs, like all buttons: without it they would do nothing. */
    private static void control(Html html, View.Service service, String what) {
        boolean busy = service.health() == Health.STARTING || service.health() == Health.STOPPING;
        html.raw("<button type=\"button\" hidden id=\"service-")
                .text(service.name() + "-" + what.toLowerCase(Locale.ROOT))
                .raw("\" data-service=\"")
                .text(service.name())
                .raw("\" data-do=\"")
                .text(what.toLowerCase(Locale.ROOT))
                .raw(busy ? "\" aria-disabled=\"true\">" : "\">")
                .text(what)
                .raw("<span class=\"unseen\"> ")
                .text(service.title())
                .raw("</span></button> ");
    }

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

    /** Free ports are the normal case, so they come last, collapsed. */
    private static void otherPorts(Html html, List<View.Port> ports) {
        html.raw("<section id=\"ports\" aria-labelledby=\"ports-title\"><h2 id=\"ports-title\">Ports</h2>");
        List<View.Port> used =
                ports.stream().filter(port -> port.health() != Health.FREE).toList();
        if (!used.isEmpty()) {
            table(html, used, "Started by somebody else");
        }
        List<View.Port> free =
                ports.stream().filter(port -> port.health() == Health.FREE).toList();
        html.raw("<details id=\"ports-free\"><summary id=\"ports-free-summary\">")
                .text(free.size() == 1 ? "1 port is" : free.size() + " ports are")
                .raw(" reserved for this workspace and free</summary>");
        table(html, free, "Reserved and free");
        html.raw("</details></section>");
    }

    private static void table(Html html, List<View.Port> ports, String caption) {
        html.raw("<table><caption class=\"unseen\">")
                .text(caption)
                .raw("</caption><thead><tr><th scope=\"col\">Port</th><th scope=\"col\">Name</th>")
                .raw("<th scope=\"col\">For</th><th scope=\"col\">State</th></tr></thead><tbody>");
        for (View.Port port : ports) {
            html.raw("<tr><td>").text(port.number()).raw("</td><th scope=\"row\">");
            html.text(port.service().name())
                    .raw("</th><td>")
                    .text(port.service().description())
                    .raw("</td><td>");
            health(html, port.health());
            html.raw("</td></tr>");
        }
        html.raw("</tbody></table>");
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
