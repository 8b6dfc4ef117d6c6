package dev.tideline.maven.mojo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Writes {@code docs/maven-plugin-goals.md} from the plugin descriptor, which Maven generates from the code. */
final class GoalsPage {

    private static final String HEAD = """
            # Goals and parameters of the Maven plugin

            Generated from the code; a test compares this page with it. What the goals are for, and how they belong together, is
            in [maven-plugin.md](maven-plugin.md). `mvn sync:help -Ddetail -Dgoal=start` prints the same in a terminal.
            """;

    private GoalsPage() {}

    static String of(Document descriptor) {
        StringBuilder page = new StringBuilder(HEAD);
        Map<String, Element> goals = new TreeMap<>();
        for (Element mojo : elements(descriptor.getElementsByTagName("mojo"))) {
            goals.put(text(mojo, "goal"), mojo);
        }
        goals.forEach((name, mojo) -> goal(page, name, mojo));
        return page.toString();
    }

    /** The parameters of a goal that a user may set, by name. */
    static Map<String, Element> parameters(Element mojo) {
        Map<String, Element> parameters = new TreeMap<>();
        for (Element parameter : elements(mojo.getElementsByTagName("parameter"))) {
            if (text(parameter, "editable").equals("true")) {
                parameters.put(text(parameter, "name"), parameter);
            }
        }
        return parameters;
    }

    static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    static String text(Element parent, String name) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return child.getTextContent().strip();
            }
        }
        return "";
    }

    private static void goal(StringBuilder page, String name, Element mojo) {
        page.append("\n## sync:").append(name).append("\n\n").append(markdown(text(mojo, "description")));
        String phase = text(mojo, "phase");
        page.append("\n\n")
                .append(phase.isEmpty() ? "Bound to no phase." : "Bound to `" + phase + "` by default.")
                .append(
                        text(mojo, "requiresProject").equals("true")
                                ? " Needs a project."
                                : " Works without a project.")
                .append('\n');
        Map<String, Element> parameters = parameters(mojo);
        if (parameters.isEmpty()) {
            return;
        }
        page.append("\n| parameter | on the command line | default | what |\n|---|---|---|---|\n");
        Element configuration =
                elements(mojo.getElementsByTagName("configuration")).get(0);
        parameters.forEach((parameter, element) -> page.append("| `")
                .append(parameter)
                .append("` | ")
                .append(property(configuration, parameter))
                .append(" | ")
                .append(standard(configuration, parameter))
                .append(" | ")
                .append(markdown(text(element, "description")))
                .append(" |\n"));
    }

    private static String property(Element configuration, String parameter) {
        String expression = text(configuration, parameter);
        return expression.startsWith("${") ? "`-D" + expression.substring(2, expression.length() - 1) + "`" : "";
    }

    private static String standard(Element configuration, String parameter) {
        for (Element value : elements(configuration.getElementsByTagName(parameter))) {
            if (value.hasAttribute("default-value")) {
                return "`" + value.getAttribute("default-value") + "`";
            }
        }
        return "";
    }

    /** The descriptor has the Javadoc as plain text or as HTML, depending on the plugin tools. */
    private static String markdown(String description) {
        return description
                .replaceAll("</?code>", "`")
                .replaceAll("\\s+", " ")
                .replace("<", "&lt;")
                .replace("|", "\\|")
                .strip();
    }
}
