package dev.tideline.sync.admin;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are too malformed for any route. Repeats nothing of the request. */
final class MalformedRequests extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(
                true,
                ByteBuffer.wrap(Json.bytes(new Problems.Answer(
                        "about:blank",
                        "The request cannot be answered.",
                        status,
                        "It is malformed, or the server is stopping.",
                        ""))),
                callback);
        return true;
    }
}
