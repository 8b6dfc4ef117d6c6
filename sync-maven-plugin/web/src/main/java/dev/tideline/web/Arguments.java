package dev.tideline.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A server's command line of {@code --name=value} arguments. Every method that reads a value throws an {@link
 * IllegalArgumentException} whose message names the argument, the value and what it takes. Immutable.
 */
public final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Parses a command line.
     *
     * @param known names that the program takes
     * @throws IllegalArgumentException if an argument is unknown or given twice
     */
    public static Arguments parse(Collection<String> known, String... words) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = word.startsWith("--") ? word.substring(2, equals < 0 ? word.length() : equals) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown argument '" + word + "'; there are "
                        + new TreeSet<>(known)
                                .stream().map(each -> "--" + each + "=…").collect(Collectors.joining(", ")));
            }
            if (values.putIfAbsent(name, equals < 0 ? "" : word.substring(equals + 1)) != null) {
                throw new IllegalArgumentException("--" + name + " is given twice");
            }
        }
        return new Arguments(values);
    }

    /** The command line for these values, sorted by name. */
    public static List<String> words(Map<String, String> values) {
        return new TreeMap<>(values)
                .entrySet().stream()
                        .map(value -> "--" + value.getKey() + "=" + value.getValue())
                        .toList();
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number that fits an {@code int}. */
    public int number(String name, int otherwise) {
        return Math.toIntExact(number(name, (long) otherwise));
    }

    public long number(String name, long otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("--" + name + " is '" + text + "'; it takes a number up to 999999999");
        }
        return Long.parseLong(text);
    }

    /** A duration in ISO form. */
    public Duration duration(String name, Duration otherwise) {
        String text = values.get(name);
        try {
            return text == null ? otherwise : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "--" + name + " is '" + text + "'; it takes an ISO duration such as PT24H", e);
        }
    }

    /** An address of this machine. */
    public InetAddress address(String name, String otherwise) {
        String text = values.getOrDefault(name, otherwise);
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "--" + name + " is '" + text + "'; it takes an address of this machine such as 127.0.0.1", e);
        }
    }

    /** Host names separated by commas, in lower case; none if the argument is missing. */
    public Set<String> hosts(String name) {
        return Arrays.stream(values.getOrDefault(name, "").split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A file; empty if the argument is missing or empty. */
    public Optional<Path> path(String name) {
        String text = values.getOrDefault(name, "");
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("--" + name + " is '" + text + "', which is no path", e);
        }
    }

    /** Whether it was given as {@code --name} or {@code --name=true}. */
    public boolean flag(String name) {
        String text = values.getOrDefault(name, "false");
        if (!Set.of("", "true", "false").contains(text)) {
            throw new IllegalArgumentException("--" + name + " is '" + text + "'; it takes true or false");
        }
        return !text.equals("false");
    }
}
