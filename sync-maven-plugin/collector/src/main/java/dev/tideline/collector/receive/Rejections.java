package dev.tideline.collector.receive;

import dev.tideline.collector.otlp.Signal;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The items of one request that were not taken while the rest was: OTLP's partial success. Not thread-safe. */
final class Rejections {

    private final Signal signal;
    private final Map<String, Long> byReason = new TreeMap<>();

    Rejections(Signal signal) {
        this.signal = signal;
    }

    void add(int count, String reason) {
        byReason.merge(reason, (long) count, Long::sum);
    }

    boolean none() {
        return byReason.isEmpty();
    }

    long count() {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }

    /** For instance {@code rejected: 2 spans (span_id is not …)}. */
    String message() {
        return byReason.entrySet().stream()
                .map(reason -> reason.getValue() + " " + signal.noun() + (reason.getValue() == 1 ? "" : "s") + " ("
                        + reason.getKey() + ")")
                .collect(Collectors.joining(", ", "rejected: ", ""));
    }
}
