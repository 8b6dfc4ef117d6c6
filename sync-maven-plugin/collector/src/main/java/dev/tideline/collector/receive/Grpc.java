package dev.tideline.collector.receive;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * gRPC's frame around one request and one answer: five bytes before the message, and a status after it. OTLP/gRPC has
 * unary calls only, so it needs nothing else but HTTP/2, which the server has; a gRPC library would triple what a start
 * has to load.
 */
final class Grpc {

    private static final int PREFIX_BYTES = 5;
    private static final HttpString STATUS = new HttpString("grpc-status");
    private static final HttpString MESSAGE = new HttpString("grpc-message");
    private static final String ENCODING = "grpc-encoding";

    private Grpc() {}

    /** The request's message, after its prefix and decompressed. */
    static InputStream message(HttpServerExchange exchange) throws IOException {
        InputStream body = exchange.getInputStream();
        byte[] prefix = body.readNBytes(PREFIX_BYTES);
        if (prefix.length < PREFIX_BYTES) {
            throw new EOFException("a gRPC message begins with " + PREFIX_BYTES + " bytes, here are " + prefix.length);
        }
        if (prefix[0] == 0) {
            return body;
        }
        String coding = exchange.getRequestHeaders().getFirst(ENCODING);
        if (!"gzip".equals(coding)) {
            throw new RefusedException(OtlpStatus.of(415, ENCODING + " must be gzip or identity, not " + coding));
        }
        return new GZIPInputStream(body);
    }

    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(PREFIX_BYTES + message.length)
                .put((byte) 0)
                .putInt(message.length)
                .put(message)
                .array();
    }

    /** Must be called before the answer is sent. */
    static void endWithSuccess(HttpServerExchange exchange) {
        exchange.putAttachment(HttpAttachments.RESPONSE_TRAILERS, new HeaderMap().put(STATUS, "0"));
    }

    /** Answers with nothing but a status. */
    static void refuse(HttpServerExchange exchange, OtlpStatus status) {
        exchange.setStatusCode(200);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, Encoding.GRPC.mediaType())
                .put(STATUS, Integer.toString(status.code()))
                .put(MESSAGE, encoded(status.message()));
        exchange.endExchange();
    }

    /** Percent-encoded, as gRPC requires; encoding more than necessary does no harm. */
    private static String encoded(String message) {
        return URLEncoder.encode(message, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
