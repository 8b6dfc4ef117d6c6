package dev.tideline.collector.web;

import dev.tideline.collector.query.Attributes;
import dev.tideline.collector.store.Origin;
import dev.tideline.web.Html;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;

/** Attributes as a list of names and values. */
final class AttributeTable {

    private static final int LONGEST = 4_000;
    private static final int MOST = 200;

    private AttributeTable() {}

    static void write(Html html, String title, List<KeyValue> attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        html.raw("<h3>").text(title).raw("</h3><dl>");
        attributes.stream()
                .limit(MOST)
                .forEach(attribute -> entry(html, attribute.getKey(), Attributes.text(attribute.getValue())));
        html.raw("</dl>");
        if (attributes.size() > MOST) {
            html.raw("<p class=\"more\">and ").text(attributes.size() - MOST).raw(" more</p>");
        }
    }

    static void entry(Html html, String name, String value) {
        html.raw("<dt>")
                .brief(name, LONGEST)
                .raw("</dt><dd>")
                .brief(value, LONGEST)
                .raw("</dd>");
    }

    /** Resource and scope, collapsed: they are the same for all items of a service. */
    static void origin(Html html, Origin origin) {
        html.raw("<details class=\"origin\"><summary>Resource and scope</summary>");
        write(html, "Resource", origin.resource().getAttributesList());
        html.raw("<h3>Scope</h3><dl>");
        entry(html, "name", origin.scope().getName());
        entry(html, "version", origin.scope().getVersion());
        html.raw("</dl>");
        write(html, "Scope attributes", origin.scope().getAttributesList());
        html.raw("</details>");
    }
}
