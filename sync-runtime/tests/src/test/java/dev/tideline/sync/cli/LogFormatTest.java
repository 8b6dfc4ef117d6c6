package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

/** Entries of the log as they are written. */
class LogFormatTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private static String formatted(Formatter formatter, Throwable thrown) {
        LogRecord entry = new LogRecord(Level.WARNING, "line 1\nline \"2\" {0}");
        entry.setLoggerName("dev.tideline.sync.engine.TenantRun");
        entry.setThrown(thrown);
        return formatter.format(entry);
    }

    private static Scope traced() {
        return Span.wrap(SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault()))
                .makeCurrent();
    }

    @Test
    void an_entry_is_one_line_of_json_with_the_trace_that_it_belongs_to() throws IOException {
        try (Scope span = traced()) {
            String line = formatted(new JsonLines(), new IllegalStateException("broken"));
            assertThat(line.strip()).doesNotContain("\n");
            JsonNode json = new ObjectMapper().readTree(line);
            assertThat(json.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "timestamp", "level", "logger", "thread", "message", "trace_id", "span_id", "exception");
            assertThat(json.path("level").asText()).isEqualTo("WARN");
            assertThat(json.path("message").asText()).isEqualTo("line 1\nline \"2\" {0}");
            assertThat(json.path("trace_id").asText()).isEqualTo(TRACE);
            assertThat(json.path("exception").asText()).startsWith("java.lang.IllegalStateException: broken");
        }
        assertThat(new ObjectMapper().readTree(formatted(new JsonLines(), null)).has("trace_id"))
                .isFalse();
    }

    @Test
    void as_text_the_ids_stand_behind_the_message() {
        try (Scope span = traced()) {
            assertThat(formatted(new TextLines(), null))
                    .matches("(?s)\\S+ \\[.+] WARN TenantRun - line 1\n.*")
                    .endsWith(" trace_id=" + TRACE + " span_id=" + SPAN + System.lineSeparator());
        }
        assertThat(formatted(new TextLines(), null)).doesNotContain("trace_id");
    }
}
