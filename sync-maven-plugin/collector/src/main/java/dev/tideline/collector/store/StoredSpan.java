package dev.tideline.collector.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.trace.v1.Span;

/**
 * A span as it is kept.
 *
 * @param origin who sent it
 * @param traceId its trace
 * @param spanId its own id, see {@link Ids}
 * @param parentSpanId its parent's, {@link Ids#NONE} for a root
 * @param name its name
 * @param kind number of its {@code SpanKind}
 * @param status number of its {@code Status.StatusCode}: 0 unset, 1 ok, 2 error
 * @param startNanos start, nanoseconds since 1970 UTC, unsigned
 * @param endNanos end, likewise
 * @param bytes the whole span, protobuf
 */
public record StoredSpan(
        Origin origin,
        TraceId traceId,
        long spanId,
        long parentSpanId,
        String name,
        int kind,
        int status,
        long startNanos,
        long endNanos,
        byte[] bytes)
        implements Stored {

    /**
     * @throws InvalidProtocolBufferException if the bytes are not a span
     * @throws RejectedItemException if it has no valid trace or span id
     */
    public static StoredSpan read(Origin origin, byte[] bytes)
            throws InvalidProtocolBufferException, RejectedItemException {
        Span span = Span.parseFrom(bytes);
        TraceId traceId = TraceId.of(span.getTraceId());
        long spanId = Ids.spanId(span.getSpanId());
        if (traceId == null) {
            throw new RejectedItemException("trace_id is not 16 bytes that are not all zero");
        }
        if (spanId == Ids.NONE) {
            throw new RejectedItemException("span_id is not 8 bytes that are not all zero");
        }
        return new StoredSpan(
                origin,
                traceId,
                spanId,
                Ids.spanId(span.getParentSpanId()),
                span.getName(),
                span.getKindValue(),
                span.getStatus().getCodeValue(),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                bytes);
    }

    /** Its duration in nanoseconds; 0 if the end precedes the start or was not sent. */
    public long durationNanos() {
        return Long.compareUnsigned(endNanos, startNanos) > 0 ? endNanos - startNanos : 0;
    }

    /** Whether its status is an error. */
    public boolean failed() {
        return status == 2;
    }

    @Override
    public long weight() {
        return OVERHEAD + bytes.length + 2L * name.length();
    }

    public Span decode() {
        try {
            return Span.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a span that was read once cannot be read again", e);
        }
    }
}
