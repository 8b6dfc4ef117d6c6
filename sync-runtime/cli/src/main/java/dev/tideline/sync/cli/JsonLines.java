package dev.tideline.sync.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object per line, whatever the message contains. */
final class JsonLines extends Formatter {

    @Override
    public String format(LogRecord entry) {
        ObjectNode line = JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", entry.getInstant().toString())
                .put("level", Logging.name(entry.getLevel()))
                .put("logger", entry.getLoggerName())
                .put("thread", Thread.currentThread().getName()) // a logger's handler formats on the calling thread
                .put("message", formatMessage(entry));
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            line.put("trace_id", span.getTraceId()).put("span_id", span.getSpanId());
        }
        if (entry.getThrown() != null) {
            line.put("exception", TextLines.stackTrace(entry.getThrown()));
        }
        return line + System.lineSeparator();
    }
}
