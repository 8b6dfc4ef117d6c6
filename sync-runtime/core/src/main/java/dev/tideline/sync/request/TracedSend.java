package dev.tideline.sync.request;

import dev.tideline.sync.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * An attempt to send something, as a span that the receiver may continue. The span has only host and port of the
 * address: the rest may be secret.
 */
final class TracedSend {

    private static final AttributeKey<String> MESSAGE = AttributeKey.stringKey("tideline.webhook_id");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private TracedSend() {}

    /**
     * @param traceparent of the sender; null if unknown
     */
    static Outcome of(
            Tracing tracing, String traceparent, int attempt, Message message, Function<Message, Outcome> send) {
        SpanBuilder builder = tracing.span("POST")
                .setParent(Tracing.writer(traceparent))
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(METHOD, "POST")
                .setAttribute(MESSAGE, message.id())
                .setAttribute(Tracing.ATTEMPT, attempt);
        HttpUrl url = HttpUrl.parse(message.url());
        if (url != null) {
            builder.setAttribute(HOST, url.host()).setAttribute(PORT, url.port());
        }
        return Tracing.within(builder, span -> {
            Outcome outcome = send.apply(withContext(message));
            outcome.status().ifPresent(status -> span.setAttribute(STATUS, status.intValue()));
            if (!outcome.delivered()) {
                Tracing.failed(span, outcome.status().map(String::valueOf).orElse("no answer"));
            }
            return outcome;
        });
    }

    /** A traceparent that the application has set itself is kept. */
    private static Message withContext(Message message) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Tracing.inject(headers::put);
        headers.putAll(message.headers());
        return new Message(message.id(), message.url(), message.body(), headers);
    }
}
