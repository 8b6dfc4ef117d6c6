package dev.tideline.collector.web;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.collector.query.Criteria;
import dev.tideline.collector.query.LogView;
import dev.tideline.collector.query.SpanView;
import dev.tideline.collector.query.TraceSummary;
import dev.tideline.collector.query.View;
import dev.tideline.collector.store.Ids;
import dev.tideline.collector.store.Origin;
import dev.tideline.collector.store.StoredLog;
import dev.tideline.collector.store.StoredSpan;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.HexFormat;

/** Spans, logs and traces in the query API's JSON. */
final class TelemetryJson {

    private static final int LONGEST_NAME = 500;

    private TelemetryJson() {}

    static void span(JsonGenerator json, SpanView view) throws IOException {
        StoredSpan stored = view.item();
        Span span = view.span();
        json.writeStartObject();
        json.writeNumberField("sequence", view.sequence());
        json.writeStringField("trace_id", stored.traceId().toString());
        json.writeStringField("span_id", Ids.hex(stored.spanId()));
        spanId(json, "parent_span_id", stored.parentSpanId());
        json.writeStringField("name", stored.name());
        json.writeStringField("service", view.service());
        json.writeStringField("kind", Criteria.name(Criteria.KINDS, stored.kind()));
        json.writeStringField("status", Criteria.name(Criteria.STATUSES, stored.status()));
        json.writeStringField("status_message", span.getStatus().getMessage());
        ValueJson.time(json, "start", stored.startNanos());
        ValueJson.time(json, "end", stored.endNanos());
        json.writeNumberField("duration_ns", stored.durationNanos());
        json.writeStringField("trace_state", span.getTraceState());
        ValueJson.attributes(json, "attributes", span.getAttributesList());
        ValueJson.objects(json, "events", span.getEventsList(), TelemetryJson::event);
        ValueJson.objects(json, "links", span.getLinksList(), TelemetryJson::link);
        json.writeNumberField("dropped_attributes", span.getDroppedAttributesCount());
        json.writeNumberField("dropped_events", span.getDroppedEventsCount());
        json.writeNumberField("dropped_links", span.getDroppedLinksCount());
        origin(json, stored.origin());
        json.writeEndObject();
    }

    private static void event(JsonGenerator json, Span.Event event) throws IOException {
        json.writeStringField("name", event.getName());
        ValueJson.time(json, "time", event.getTimeUnixNano());
        ValueJson.attributes(json, "attributes", event.getAttributesList());
    }

    private static void link(JsonGenerator json, Span.Link link) throws IOException {
        json.writeStringField(
                "trace_id", HexFormat.of().formatHex(link.getTraceId().toByteArray()));
        json.writeStringField(
                "span_id", HexFormat.of().formatHex(link.getSpanId().toByteArray()));
        ValueJson.attributes(json, "attributes", link.getAttributesList());
    }

    static void log(JsonGenerator json, LogView view) throws IOException {
        StoredLog stored = view.item();
        LogRecord log = view.log();
        json.writeStartObject();
        json.writeNumberField("sequence", view.sequence());
        ValueJson.time(json, "time", stored.timeNanos());
        json.writeStringField("severity", Criteria.severity(stored));
        json.writeNumberField("severity_number", stored.severity());
        json.writeStringField("severity_text", log.getSeverityText());
        json.writeStringField("event_name", log.getEventName());
        json.writeFieldName("body");
        ValueJson.value(json, log.getBody());
        json.writeStringField("service", view.service());
        if (stored.traceId() == null) {
            json.writeNullField("trace_id");
        } else {
            json.writeStringField("trace_id", stored.traceId().toString());
        }
        spanId(json, "span_id", stored.spanId());
        ValueJson.attributes(json, "attributes", log.getAttributesList());
        origin(json, stored.origin());
        json.writeEndObject();
    }

    static void trace(JsonGenerator json, TraceSummary trace) throws IOException {
        json.writeStartObject();
        json.writeStringField("trace_id", trace.id().toString());
        json.writeStringField("name", trace.root().name());
        json.writeStringField("service", trace.root().origin().service());
        json.writeBooleanField("root_received", trace.rootReceived());
        json.writeNumberField("spans", trace.spans());
        json.writeNumberField("errors", trace.errors());
        ValueJson.array(json, "services", trace.services(), JsonGenerator::writeString);
        ValueJson.time(json, "start", trace.startNanos());
        json.writeNumberField("duration_ns", trace.durationNanos());
        json.writeEndObject();
    }

    /** Enough to recognize a near miss, without attributes, which may be large; the id finds the rest. */
    static void brief(JsonGenerator json, View<?> view) throws IOException {
        json.writeNumberField("sequence", view.sequence());
        json.writeStringField("service", view.service());
        String name = view.name();
        json.writeStringField("name", name.substring(0, Math.min(LONGEST_NAME, name.length())));
        if (view instanceof SpanView span) {
            json.writeStringField("trace_id", span.item().traceId().toString());
            json.writeStringField("span_id", Ids.hex(span.item().spanId()));
        }
    }

    static void origin(JsonGenerator json, Origin origin) throws IOException {
        ValueJson.attributes(json, "resource", origin.resource().getAttributesList());
        json.writeObjectFieldStart("scope");
        json.writeStringField("name", origin.scope().getName());
        json.writeStringField("version", origin.scope().getVersion());
        ValueJson.attributes(json, "attributes", origin.scope().getAttributesList());
        json.writeEndObject();
    }

    private static void spanId(JsonGenerator json, String field, long id) throws IOException {
        if (id == Ids.NONE) {
            json.writeNullField(field);
        } else {
            json.writeStringField(field, Ids.hex(id));
        }
    }
}
