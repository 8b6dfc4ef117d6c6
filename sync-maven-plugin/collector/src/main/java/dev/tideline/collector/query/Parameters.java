package dev.tideline.collector.query;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Query parameters, read by name. Parameters that were not read are rejected in the end: a misspelt filter that is
 * ignored would match everything, and a test with it could not fail.
 */
public final class Parameters {

    private final Map<String, List<String>> values;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param values decoded
     */
    public Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** The value, or empty if it is missing or blank. */
    public Optional<String> text(String name) {
        known.add(name);
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw new BadQueryException(name + " is given " + given.size() + " times; once is allowed");
        }
        return given.stream().filter(value -> !value.isBlank()).findFirst();
    }

    /** All values of a repeatable parameter, without blank ones. */
    public List<String> texts(String name) {
        known.add(name);
        return values.getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isBlank())
                .toList();
    }

    public Optional<Duration> duration(String name) {
        return text(name).map(value -> Durations.parse(name, value));
    }

    /** A whole number between {@code min} and {@code max}. */
    public long number(String name, long min, long max, long otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get().strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Rejected below.
        }
        throw new BadQueryException(name + "=" + text.get() + " must be a whole number from " + min + " to " + max);
    }

    /** One of {@code allowed}, as written there. */
    public Optional<String> oneOf(String name, Collection<String> allowed) {
        Optional<String> text = text(name);
        text.ifPresent(value -> {
            if (!allowed.contains(value)) {
                throw new BadQueryException(name + "=" + value + " must be one of " + String.join(", ", allowed));
            }
        });
        return text;
    }

    /** An id in hex, read by {@code parser}. */
    public <T> Optional<T> id(String name, Function<String, T> parser) {
        return text(name).map(value -> {
            try {
                return parser.apply(value.strip());
            } catch (IllegalArgumentException e) {
                throw new BadQueryException(name + "=" + value + ": " + e.getMessage());
            }
        });
    }

    /** Ends the reading. */
    public void refuseUnknown() {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new BadQueryException("unknown parameter " + String.join(", ", unknown) + "; known are "
                    + String.join(", ", new TreeSet<>(known)));
        }
    }
}
