package dev.tideline.collector.store;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.logs.v1.LogRecord;

/**
 * A stored log record.
 *
 * @param traceId the trace it was written in, null if none
 * @param spanId the span it was written in, {@link Ids#NONE} if none
 * @param severity severity number, 1 (trace) to 24 (fatal4), 0 if not given
 * @param timeNanos when it happened, or was observed if that was not sent; nanoseconds since 1970 UTC, unsigned
 * @param bytes the whole record, protobuf
 */
public record StoredLog(Origin origin, TraceId traceId, long spanId, int severity, long timeNanos, byte[] bytes)
        implements Stored {

    /**
     * @throws InvalidProtocolBufferException if the bytes are not a log record
     */
    public static StoredLog read(Origin origin, byte[] bytes) throws InvalidProtocolBufferException {
        LogRecord log = LogRecord.parseFrom(bytes);
        return new StoredLog(
                origin,
                TraceId.of(log.getTraceId()),
                Ids.spanId(log.getSpanId()),
                log.getSeverityNumberValue(),
                log.getTimeUnixNano() != 0 ? log.getTimeUnixNano() : log.getObservedTimeUnixNano(),
                bytes);
    }

    @Override
    public long weight() {
        return OVERHEAD + bytes.length;
    }

    public LogRecord decode() {
        try {
            return LogRecord.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a log record that was read once cannot be read again", e);
        }
    }
}
