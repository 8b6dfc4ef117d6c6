package dev.tideline.collector.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.collector.query.NearMisses;
import dev.tideline.collector.query.Query;
import dev.tideline.collector.query.View;
import dev.tideline.collector.query.WaitOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;

/**
 * The answer to a wait. The status is 200 even if the time ran out, like the mail server's: after a 408, HTTP clients
 * would repeat the wait. {@code satisfied} tells whether enough arrived, and if not, the rest says what came instead.
 */
record WaitReply<V extends View<?>>(
        String plural, Query<V> query, int count, Duration timeout, String tracesUrl, ValueJson.Writer<V> writer) {

    Reply of(WaitOutcome<V> outcome) {
        return Reply.json(json -> {
            json.writeBooleanField("satisfied", outcome instanceof WaitOutcome.Arrived);
            json.writeNumberField("waited_ms", outcome.waited().toMillis());
            ValueJson.array(json, plural, outcome.matched(), writer);
            if (outcome instanceof WaitOutcome.TimedOut<V> timedOut) {
                late(json, timedOut);
            }
        });
    }

    private void late(JsonGenerator json, WaitOutcome.TimedOut<V> outcome) throws IOException {
        json.writeStringField("detail", detail(outcome));
        json.writeObjectFieldStart("wanted");
        json.writeNumberField("count", count);
        json.writeNumberField("timeout_ms", timeout.toMillis());
        json.writeNumberField("after", query.after());
        ValueJson.objects(json, "criteria", query.criteria(), (into, criterion) -> {
            into.writeStringField("parameter", criterion.parameter());
            into.writeStringField("wanted", criterion.wanted());
        });
        json.writeEndObject();
        ValueJson.objects(json, "near_misses", outcome.nearMisses().closest(), WaitReply::miss);
        ValueJson.objects(json, "arrived", outcome.nearMisses().names(), (into, seen) -> {
            into.writeStringField("service", seen.service());
            into.writeStringField("name", seen.name());
            into.writeNumberField("count", seen.count());
            into.writeNumberField("last_sequence", seen.lastSequence());
        });
        json.writeNumberField("received_while_waiting", received(outcome));
        json.writeNumberField("cursor", outcome.holdings().received());
        json.writeNumberField("dropped", outcome.holdings().dropped());
    }

    private static void miss(JsonGenerator json, NearMisses.Miss<? extends View<?>> miss) throws IOException {
        TelemetryJson.brief(json, miss.view());
        ValueJson.objects(json, "missed", miss.missed(), (into, missed) -> {
            into.writeStringField("parameter", missed.parameter());
            into.writeStringField("wanted", missed.wanted());
            into.writeStringField("found", missed.found());
        });
    }

    /** Everything in sentences, for whoever shows nothing else. */
    private String detail(WaitOutcome.TimedOut<V> outcome) {
        String wanted = query.criteria().isEmpty()
                ? "any"
                : query.criteria().stream()
                        .map(criterion -> criterion.parameter() + "=" + criterion.wanted())
                        .collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder()
                .append(outcome.matched().size())
                .append(" of ")
                .append(count)
                .append(' ')
                .append(plural)
                .append(" (")
                .append(wanted)
                .append(") arrived within ")
                .append(timeout.toMillis())
                .append(" ms.");
        if (outcome.holdings().received() == 0) {
            return text.append(" The collector has received no ")
                    .append(plural)
                    .append(" at all: does the exporter send OTLP over HTTP to ")
                    .append(tracesUrl.replace("/v1/traces", ""))
                    .append(", and has it been flushed?")
                    .toString();
        }
        text.append(' ').append(received(outcome)).append(' ').append(plural).append(" came while waiting.");
        outcome.nearMisses().closest().stream()
                .findFirst()
                .ifPresent(miss -> text.append(" The nearest is ")
                        .append(miss.view().service())
                        .append(" '")
                        .append(miss.view().name())
                        .append("', but ")
                        .append(miss.missed().stream()
                                .map(missed -> missed.parameter() + " is " + missed.found())
                                .collect(Collectors.joining(", ")))
                        .append('.'));
        return text.toString();
    }

    private static long received(WaitOutcome.TimedOut<?> outcome) {
        return outcome.holdings().received() - outcome.receivedBefore();
    }
}
