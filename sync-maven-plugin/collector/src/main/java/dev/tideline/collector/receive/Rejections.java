package dev.tideline.collector.receive;

import dev.tideline.collector.otlp.Signal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was rejected of a request while the rest was accepted: OTLP's partial success, which may also be a hint that
 * rejects nothing. Not thread-safe.
 */
final class Rejections {

    private final Signal signal;
    private static final int MOST_HINTS = 10;

    private final Map<String, Long> byReason = new TreeMap<>();
    private final Set<String> ignored = new TreeSet<>();

    Rejections(Signal signal) {
        this.signal = signal;
    }

    void add(int count, String reason) {
        byReason.merge(reason, (long) count, Long::sum);
    }

    /** Notes fields that were skipped in accepted items. */
    void ignore(String reason) {
        if (ignored.size() < MOST_HINTS) {
            ignored.add(reason);
        }
    }

    boolean none() {
        return byReason.isEmpty() && ignored.isEmpty();
    }

    long count() {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For example {@code rejected: 2 spans (span_id is not …); ignored: 'end_time' is called 'endTime'}. */
    String message() {
        return Stream.of(rejected(), String.join(", ", ignored))
                .filter(part -> !part.isEmpty())
                .map(part -> part.startsWith("rejected") ? part : "ignored: " + part)
                .collect(Collectors.joining("; "));
    }

    private String rejected() {
        return byReason.isEmpty()
                ? ""
                : byReason.entrySet().stream()
                        .map(reason -> reason.getValue() + " " + signal.noun() + (reason.getValue() == 1 ? "" : "s")
                                + " (" + reason.getKey() + ")")
                        .collect(Collectors.joining(", ", "rejected: ", ""));
    }
}
