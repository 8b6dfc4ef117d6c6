package dev.tideline.sync.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A tenant's id: the text of its key column unchanged; for several columns their texts joined by {@code /}, where a
 * {@code /} or {@code %} within a text is written as {@code %2F} or {@code %25}, so that ids are unique.
 */
public final class TenantId {

    /**
     * The maximum length of an id in bytes. Ids are part of keys in our tables, together with the names of a target and
     * a mapping, and Postgres indexes at most 2,704 bytes.
     */
    public static final int LONGEST = 1_000;

    private static final String SEPARATOR = "/";

    private TenantId() {}

    /** The id of the tenant whose key has these texts. */
    public static String of(List<String> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : parts.stream().map(TenantId::escaped).collect(Collectors.joining(SEPARATOR));
    }

    /** The texts of a key's columns; empty if no tenant with this number of columns can have this id. */
    public static Optional<List<String>> parts(String id, int columns) {
        if (columns == 1) {
            return Optional.of(List.of(id));
        }
        List<String> parts = new ArrayList<>();
        for (String part : id.split(SEPARATOR, -1)) {
            parts.add(unescaped(part));
        }
        return parts.size() == columns && of(parts).equals(id) ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    /**
     * Why no tenant can have this id, and how to write the one that was probably meant; empty if the id is possible.
     */
    public static Optional<String> problem(String id, int columns) {
        if (isTooLong(id)) {
            return Optional.of("the tenant id has " + id.getBytes(StandardCharsets.UTF_8).length
                    + " bytes, and at most " + LONGEST + " are allowed");
        }
        if (parts(id, columns).isPresent()) {
            return Optional.empty();
        }
        List<String> written = List.of(id.split(SEPARATOR, -1));
        return Optional.of(
                "\"" + id + "\" is not a tenant id: tenants.key has " + columns + " columns, and the id is their"
                        + " texts joined by /, with %2F for a / and %25 for a % inside of a text"
                        + (written.size() == columns ? ". Did you mean \"" + of(written) + "\"?" : ""));
    }

    /** Whether an id is too long to be kept. */
    public static boolean isTooLong(String id) {
        return id.length() > LONGEST || id.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    }

    /**
     * SQL for the id.
     *
     * @param texts SQL for the text of each column
     */
    public static String sql(List<String> texts) {
        return texts.size() == 1
                ? texts.get(0)
                : texts.stream().map(TenantId::escapedSql).collect(Collectors.joining(" || '" + SEPARATOR + "' || "));
    }

    /** A text in which the separator is escaped. */
    public static String escaped(String part) {
        return part.replace("%", "%25").replace(SEPARATOR, "%2F");
    }

    /** The inverse of {@link #escaped}. */
    public static String unescaped(String part) {
        return part.replace("%2F", SEPARATOR).replace("%25", "%");
    }

    /** SQL for {@link #escaped} of an SQL text, byte by byte: Postgres has no replace under a nondeterministic collation. */
    public static String escapedSql(String text) {
        return "replace(replace(" + text + " COLLATE pg_catalog.\"C\", '%', '%25'), '/', '%2F')";
    }
}
