package dev.tideline.directory.http;

import io.javalin.http.Context;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/** One span for each request. Its transactions name it, so that Tideline's sync of their rows appears below it. */
final class RequestSpan {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private static final AttributeKey<String> TENANT = AttributeKey.stringKey("directory.tenant");

    private RequestSpan() {}

    /** Sets the caller of the current request, once it is admitted. */
    static void isFor(Caller caller) {
        Span.current().setAttribute(TENANT, caller.tenant());
    }

    /** Runs this within a span that is named after the route, and not after the path, which may contain ids. */
    static void around(Tracer tracer, Route route, Context context, Runnable answer) {
        Span span = tracer.spanBuilder(route.method + " " + route.path)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, route.method)
                .setAttribute(ROUTE, route.path)
                .startSpan();
        try (Scope scope = span.makeCurrent()) {
            answer.run();
            span.setAttribute(STATUS, (long) context.statusCode());
        } catch (ApiException e) {
            span.setAttribute(STATUS, (long) e.status());
            throw e;
        } catch (RuntimeException e) {
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            span.end();
        }
    }
}
