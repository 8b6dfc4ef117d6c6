package dev.tideline.sync.mapping;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Quoting for SQL that is built from names in a catalogue. */
public final class Sql {

    private Sql() {}

    public static String identifier(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("an identifier cannot hold a NUL character");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A quoted string literal that means the same under any {@code standard_conforming_strings}. */
    public static String literal(String value) {
        if (value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a literal cannot hold a NUL character");
        }
        String quoted = "'" + value.replace("'", "''") + "'";
        return value.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** An array of texts. */
    public static String texts(Collection<String> values) {
        return "CAST(ARRAY[" + list(values, Sql::literal) + "] AS text[])";
    }

    /** The items as SQL, separated by {@code ", "}. */
    public static <T> String list(Collection<T> items, Function<T, String> toSql) {
        return join(items, ", ", toSql);
    }

    /** The items as SQL, separated by {@code " AND "}. */
    public static <T> String and(Collection<T> items, Function<T, String> toSql) {
        return join(items, " AND ", toSql);
    }

    /** SQL for an item and its number. */
    @FunctionalInterface
    public interface Numbered<T> {
        String sql(int number, T item);
    }

    /** The items as SQL with their numbers, from 1, separated by {@code ", "}. */
    public static <T> String numbered(List<T> items, Numbered<T> toSql) {
        return numbered(items, ", ", toSql);
    }

    /** The items as SQL with their numbers, from 1. */
    public static <T> String numbered(List<T> items, String separator, Numbered<T> toSql) {
        return IntStream.rangeClosed(1, items.size())
                .mapToObj(number -> toSql.sql(number, items.get(number - 1)))
                .collect(Collectors.joining(separator));
    }

    private static <T> String join(Collection<T> items, String separator, Function<T, String> toSql) {
        return items.stream().map(toSql).collect(Collectors.joining(separator));
    }
}
