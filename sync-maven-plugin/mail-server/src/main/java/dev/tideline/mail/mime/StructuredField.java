package dev.tideline.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * A field of MIME, such as Content-Type: a value and parameters, without the comments that RFC 2045 allows and the
 * quotes and surplus punctuation that some programs put around the value.
 *
 * @param value without surrounding blanks; empty if there is none
 * @param parameters by name in lower case, put together and decoded by RFC 2231
 */
record StructuredField(String value, Map<String, String> parameters) {

    static StructuredField of(String text) {
        ByteSequence raw = ContentUtil.encode(StandardCharsets.UTF_8, text);
        String value = RawFieldParser.DEFAULT.parseValue(
                raw, new ParserCursor(0, raw.length()), RawFieldParser.INIT_BITSET(';'));
        Map<String, String> parameters = new LinkedHashMap<>();
        MimeParameterMapping extended = new MimeParameterMapping();
        for (NameValuePair pair :
                RawFieldParser.DEFAULT.parseRawBody(new RawField("", text)).getParams()) {
            String name = pair.getName().toLowerCase(Locale.ROOT);
            String given = pair.getValue() == null ? "" : pair.getValue();
            if (name.contains("*")) {
                // The library decodes as in a form, where a plus is a blank.
                extended.addParameter(name, given.replace("+", "%2B"));
            } else {
                // Not through the library, which takes apostrophes in it for those around a language.
                parameters.putIfAbsent(name, given);
            }
        }
        parameters.putAll(extended.getParameters());
        return new StructuredField(value.strip().replaceAll("\\s*/\\s*", "/").split("[\\s,]", 2)[0], parameters);
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }

    /** The same in the form that every reader of MIME understands. */
    String plain() {
        StringBuilder plain = new StringBuilder(value);
        parameters.forEach((name, given) -> plain.append("; ")
                .append(name)
                .append("=\"")
                .append(given.replaceAll("[\\\\\"]", "\\\\$0"))
                .append('"'));
        return plain.toString();
    }
}
