package dev.tideline.sync.trace;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Makes the spans of the pipeline. They hold names, numbers and tenants' ids; never rows, addresses with what they contain, or
 * the texts of errors, which the log has under the same trace id. Safe for use by many threads.
 */
public final class Tracing {

    public static final AttributeKey<String> TENANT = AttributeKey.stringKey("tideline.tenant");
    public static final AttributeKey<String> TARGET = AttributeKey.stringKey("tideline.target");
    public static final AttributeKey<String> MAPPING = AttributeKey.stringKey("tideline.mapping");
    public static final AttributeKey<Long> REQUEST = AttributeKey.longKey("tideline.request");
    public static final AttributeKey<Long> REQUESTS = AttributeKey.longKey("tideline.requests");
    public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("tideline.attempt");
    public static final AttributeKey<Long> CHANGES = AttributeKey.longKey("tideline.changes");
    public static final AttributeKey<Long> TENANTS = AttributeKey.longKey("tideline.tenants");
    public static final AttributeKey<Long> ROWS = AttributeKey.longKey("tideline.rows");
    public static final AttributeKey<Long> DELETED = AttributeKey.longKey("tideline.rows.deleted");
    public static final AttributeKey<Long> SEQUENCE_ID = AttributeKey.longKey("tideline.sequence_id");

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final String SCOPE = "dev.tideline.sync";
    private static final String TRACEPARENT = "traceparent";

    private static final TextMapGetter<String> THE_ONE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String carrier) {
            return List.of(TRACEPARENT);
        }

        @Override
        public String get(String carrier, String key) {
            return key.equals(TRACEPARENT) ? carrier : null;
        }
    };

    /** Makes no-op spans. */
    public static final Tracing NONE = of(OpenTelemetry.noop());

    private final Tracer tracer;

    private Tracing(Tracer tracer) {
        this.tracer = tracer;
    }

    public static Tracing of(OpenTelemetry telemetry) {
        String version = Tracing.class.getPackage().getImplementationVersion();
        // Without a version if the classes are not in a jar: a tracer does not accept null.
        return new Tracing(version == null ? telemetry.getTracer(SCOPE) : telemetry.getTracer(SCOPE, version));
    }

    public static Tracing global() {
        return of(registered());
    }

    /**
     * What the application, its framework or an agent has registered by now; a no-op if there is none, or if the API on
     * the class path is too old to tell.
     */
    public static OpenTelemetry registered() {
        try {
            // get() would set it, and the application could not set it any more.
            return GlobalOpenTelemetry.getOrNoop();
        } catch (NoSuchMethodError e) { // as with 1.49, which Spring Boot 3.5 brings
            return OpenTelemetry.noop();
        }
    }

    public SpanBuilder span(String name) {
        return tracer.spanBuilder(name);
    }

    /** Work that may fail in two ways. */
    @FunctionalInterface
    public interface Work<T, E extends Exception, F extends Exception> {
        T run(Span span) throws E, F;
    }

    /** Runs work within a span, which is marked as failed if the work throws. */
    public static <T, E extends Exception, F extends Exception> T within(SpanBuilder builder, Work<T, E, F> work)
            throws E, F {
        Span span = builder.startSpan();
        try (Scope scope = span.makeCurrent()) {
            return work.run(span);
        } catch (Throwable e) {
            failed(span, e);
            throw e;
        } finally {
            span.end();
        }
    }

    /** Marks a span as failed, with the kind of failure but not its text. */
    public static void failed(Span span, Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof SQLException) && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String state = cause instanceof SQLException e ? e.getSQLState() : null;
        // A customer's server can send any text as a SQLSTATE.
        failed(
                span,
                state != null && state.matches("[0-9A-Z]{5}")
                        ? state
                        : failure.getClass().getName());
    }

    /** @param kind a SQLSTATE, a status, or the name of a class */
    public static void failed(Span span, String kind) {
        span.setStatus(StatusCode.ERROR).setAttribute(ERROR, kind);
    }

    /**
     * The context of the writer, from {@code tideline.traceparent}, which may contain anything; a root if it is not a
     * {@code traceparent} of W3C Trace Context.
     */
    public static Context writer(String traceparent) {
        return traceparent == null
                ? Context.root()
                : W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, THE_ONE);
    }

    /** Adds the current context as a header. */
    public static void inject(BiConsumer<String, String> headers) {
        W3CTraceContextPropagator.getInstance()
                .inject(Context.current(), headers, (carrier, key, value) -> carrier.accept(key, value));
    }

    /** Links a span with the writer's, if that is known. */
    public static void link(Span span, String traceparent) {
        SpanContext writer = Span.fromContext(writer(traceparent)).getSpanContext();
        if (writer.isValid()) {
            span.addLink(writer);
        }
    }
}
