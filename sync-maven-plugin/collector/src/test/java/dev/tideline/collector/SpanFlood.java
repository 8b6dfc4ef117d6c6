package dev.tideline.collector;

import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Sends spans at a steady rate in batches as large as the SDK's. */
final class SpanFlood {

    private static final int BATCH = 512;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private long sent;
    private long next;

    SpanFlood(String otlpUrl) {
        this.uri = URI.create(otlpUrl + "/v1/traces");
    }

    /**
     * Sends for {@code duration} and returns how many spans were accepted per second.
     *
     * @param rate spans a second that are aimed at; what is late is caught up with
     */
    double run(int rate, Duration duration) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long accepted = 0;
        while (System.nanoTime() - began < duration.toNanos()) {
            long due = began + accepted * 1_000_000_000L / rate;
            CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(due - System.nanoTime(), TimeUnit.NANOSECONDS))
                    .join();
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", CollectorClient.PROTOBUF)
                            .POST(HttpRequest.BodyPublishers.ofByteArray(batch()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || answer.body().length > 0) {
                throw new IOException("refused: " + answer.statusCode() + " " + new String(answer.body()));
            }
            accepted += BATCH;
        }
        sent += accepted;
        return accepted * 1e9 / (System.nanoTime() - began);
    }

    long sent() {
        return sent;
    }

    private byte[] batch() {
        List<Span> spans = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            long id = ++next;
            String trace = HexFormat.of()
                    .formatHex(ByteBuffer.allocate(16)
                            .putLong(1)
                            .putLong(id / 8 + 1)
                            .array());
            spans.add(SampleTelemetry.span(trace, HexFormat.of().toHexDigits(id), "GET /users/" + id % 100)
                    .addAttributes(SampleTelemetry.attribute("http.route", "/users/{id}"))
                    .addAttributes(SampleTelemetry.attribute("http.request.method", "GET"))
                    .addAttributes(SampleTelemetry.attribute("url.full", "http://localhost/users/" + id + "?page=1"))
                    .addAttributes(SampleTelemetry.attribute("thread.name", "worker-" + id % 16))
                    .build());
        }
        return SampleTelemetry.traces("flood", spans);
    }
}
