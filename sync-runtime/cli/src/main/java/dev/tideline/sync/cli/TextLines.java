package dev.tideline.sync.cli;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** {@code 2026-01-31T12:00:00.000Z [thread] INFO Class - message}, with the ids of the trace if there is one. */
final class TextLines extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder()
                .append(TIME.format(entry.getInstant()))
                .append(" [")
                .append(Thread.currentThread().getName()) // a logger's handler formats on the calling thread
                .append("] ")
                .append(Logging.name(entry.getLevel()))
                .append(' ')
                .append(shortName(entry.getLoggerName()))
                .append(" - ")
                .append(formatMessage(entry));
        SpanContext span = Span.current().getSpanContext();
        if (span.isValid()) {
            line.append(" trace_id=")
                    .append(span.getTraceId())
                    .append(" span_id=")
                    .append(span.getSpanId());
        }
        line.append(System.lineSeparator());
        if (entry.getThrown() != null) {
            line.append(stackTrace(entry.getThrown()));
        }
        return line.toString();
    }

    private static String shortName(String logger) {
        return logger == null ? "" : logger.substring(logger.lastIndexOf('.') + 1);
    }

    static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
