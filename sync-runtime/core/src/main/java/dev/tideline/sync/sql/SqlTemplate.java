package dev.tideline.sync.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code .sql} resource, with {@code {{placeholders}}} for whatever depends on the user's tables. Their values are
 * SQL: quoted identifiers and literals. Immutable and safe for use by many threads.
 */
public final class SqlTemplate {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Map<String, String> LOADED = new ConcurrentHashMap<>();

    private final String name;
    private final Map<String, String> values;

    private SqlTemplate(String name, Map<String, String> values) {
        this.name = name;
        this.values = values;
    }

    /**
     * @param name below {@code dev/tideline/sync/sql}, without the suffix: {@code 2-sequence/peek}
     */
    public static SqlTemplate of(String name) {
        return new SqlTemplate(name, Map.of());
    }

    /** The text of a resource that has no placeholders. */
    public static String text(String name) {
        return of(name).fill();
    }

    /** This template with one more placeholder filled in. */
    public SqlTemplate with(String placeholder, Object sql) {
        Map<String, String> more = new HashMap<>(values);
        more.put(placeholder, String.valueOf(sql));
        return new SqlTemplate(name, Map.copyOf(more));
    }

    /** This template with more placeholders filled in. */
    public SqlTemplate with(Map<String, String> placeholders) {
        Map<String, String> more = new HashMap<>(values);
        more.putAll(placeholders);
        return new SqlTemplate(name, Map.copyOf(more));
    }

    /**
     * The finished SQL. Values are not searched for placeholders, so that user input is never mistaken for one.
     *
     * @throws IllegalStateException if a placeholder is not filled in
     */
    public String fill() {
        return PLACEHOLDER
                .matcher(LOADED.computeIfAbsent(name, SqlTemplate::load))
                .replaceAll(match -> {
                    String value = values.get(match.group(1));
                    if (value == null) {
                        throw new IllegalStateException("nothing fills {{" + match.group(1) + "}} of " + name + ".sql");
                    }
                    return Matcher.quoteReplacement(value);
                });
    }

    private static String load(String name) {
        String resource = "/dev/tideline/sync/sql/" + name + ".sql";
        try (InputStream in = SqlTemplate.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
