package dev.tideline.ports;

import java.util.stream.Collectors;

/** The ports as JSON, written by hand so that users of this artifact get no JSON library. */
final class JsonText {
    private JsonText() {}

    static String of(WorkspacePorts ports) {
        return "{\n  \"workspace\": " + string(ports.workspace().root().toString())
                + ",\n  \"prefix\": " + ports.prefix().value()
                + ",\n  \"origin\": " + string(ports.prefix().origin())
                + ",\n  \"services\": [\n"
                + ports.table().services().stream()
                        .map(service -> "    " + service(ports, service))
                        .collect(Collectors.joining(",\n"))
                + "\n  ]\n}\n";
    }

    private static String service(WorkspacePorts ports, ServicePort service) {
        return "{\"name\": " + string(service.name())
                + ", \"port\": " + ports.prefix().port(service)
                + ", \"url\": " + (service.isHttp() ? string(ports.url(service.name())) : "null")
                + ", \"page\": " + service.isPage()
                + ", \"service\": " + string(service.description()) + "}";
    }

    /**
     * Quotes a string: RFC 8259 requires escapes for quote, backslash and controls; a lone surrogate is invalid UTF-8.
     */
    static String string(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < 0x20 || c == 0x7f || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }
}
