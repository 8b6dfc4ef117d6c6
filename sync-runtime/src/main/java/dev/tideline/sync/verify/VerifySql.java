package dev.tideline.sync.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The statements of this package: resources with {@code {{placeholders}}} for what depends on the mapping. */
final class VerifySql {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

    private VerifySql() {}

    static String fill(String name, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(load(name))
                .replaceAll(match -> Matcher.quoteReplacement(value(name, match, values)));
    }

    private static String value(String name, java.util.regex.MatchResult match, Map<String, String> values) {
        String value = values.get(match.group(1));
        if (value == null) {
            throw new IllegalStateException("nothing fills {{" + match.group(1) + "}} of " + name + ".sql");
        }
        return value;
    }

    private static String load(String name) {
        try (InputStream in = VerifySql.class.getResourceAsStream(name + ".sql")) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name + ".sql");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
