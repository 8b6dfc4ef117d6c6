package dev.tideline.collector.receive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tideline.collector.otlp.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes OTLP's answers in the encoding of the request, over gRPC with its status. Thread-safe. */
record OtlpAnswers(JsonFactory json) {

    void accept(HttpServerExchange exchange, Encoding encoding, Signal signal, Rejections rejections)
            throws IOException {
        byte[] body = switch (encoding) {
            case PROTOBUF -> rejections.none() ? new byte[0] : protobuf(signal, rejections);
            case JSON -> (rejections.none() ? "{}" : json(signal, rejections)).getBytes(StandardCharsets.UTF_8);
            case GRPC -> Grpc.framed(rejections.none() ? new byte[0] : protobuf(signal, rejections));
        };
        if (encoding == Encoding.GRPC) {
            Grpc.endWithSuccess(exchange);
        }
        send(exchange, 200, encoding, body);
    }

    /** JSON if the request's encoding is not one of OTLP's, because a person is likely to read the answer. */
    void refuse(HttpServerExchange exchange, OtlpStatus status) {
        Encoding encoding = Encoding.of(exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE))
                .orElse(Encoding.JSON);
        drain(exchange);
        if (encoding == Encoding.GRPC) {
            Grpc.refuse(exchange, status);
            return;
        }
        if (status.http() == 503) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
        }
        byte[] body = switch (encoding) {
            case PROTOBUF, GRPC -> status.protobuf();
            case JSON -> status.json(json).getBytes(StandardCharsets.UTF_8);
        };
        send(exchange, status.http(), encoding, body);
    }

    private static void send(HttpServerExchange exchange, int status, Encoding encoding, byte[] body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, encoding.mediaType());
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    /**
     * Otherwise a client that sends before it reads would find a closed connection instead of the status. Ends at
     * {@link OtlpFront#readBytes}, where the listener ends the request.
     */
    private static void drain(HttpServerExchange exchange) {
        if (exchange.getRequestHeaders().contains(Headers.EXPECT)) {
            return;
        }
        try {
            exchange.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The sender hung up, or sends more than is skipped: answered in case that it still listens.
        }
    }

    private static byte[] protobuf(Signal signal, Rejections rejections) {
        return switch (signal) {
            case TRACES ->
                ExportTraceServiceResponse.newBuilder()
                        .setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                                .setRejectedSpans(rejections.count())
                                .setErrorMessage(rejections.message()))
                        .build()
                        .toByteArray();
            case METRICS ->
                ExportMetricsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                                .setRejectedDataPoints(rejections.count())
                                .setErrorMessage(rejections.message()))
                        .build()
                        .toByteArray();
            case LOGS ->
                ExportLogsServiceResponse.newBuilder()
                        .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                                .setRejectedLogRecords(rejections.count())
                                .setErrorMessage(rejections.message()))
                        .build()
                        .toByteArray();
        };
    }

    private String json(Signal signal, Rejections rejections) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = json.createGenerator(text)) {
            out.writeStartObject();
            out.writeObjectFieldStart("partialSuccess");
            out.writeStringField(signal.rejectedField(), Long.toString(rejections.count()));
            out.writeStringField("errorMessage", rejections.message());
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.toString();
    }
}
