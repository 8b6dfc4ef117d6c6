package dev.tideline.collector.receive;

import com.fasterxml.jackson.core.JsonFactory;
import dev.tideline.collector.CollectorLimits;
import dev.tideline.collector.otlp.JsonEnvelope;
import dev.tideline.collector.otlp.MalformedTelemetryException;
import dev.tideline.collector.otlp.OversizedPartException;
import dev.tideline.collector.otlp.ProtobufEnvelope;
import dev.tideline.collector.otlp.Signal;
import dev.tideline.collector.store.BoundedLog;
import dev.tideline.collector.store.Stored;
import dev.tideline.collector.store.StoredLog;
import dev.tideline.collector.store.StoredMetric;
import dev.tideline.collector.store.StoredSpan;
import dev.tideline.collector.store.TelemetryStore;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads one export request into a store. Thread-safe; must be called on a thread that may block. */
final class OtlpReceiver {

    private static final int GZIP_BUFFER = 8192;

    private final TelemetryStore store;
    private final CollectorLimits limits;
    private final InFlightBudget budget;
    private final JsonFactory json;
    private final OtlpAnswers answers;

    OtlpReceiver(TelemetryStore store, CollectorLimits limits) {
        this.store = store;
        this.limits = limits;
        this.budget = new InFlightBudget(limits.inFlightBytes());
        this.json = JsonEnvelope.factory(limits.itemBytes());
        this.answers = new OtlpAnswers(json);
    }

    OtlpAnswers answers() {
        return answers;
    }

    void export(HttpServerExchange exchange, Signal signal) throws IOException {
        switch (signal) {
            case TRACES -> export(exchange, signal, store.spans(), StoredSpan::read);
            case LOGS -> export(exchange, signal, store.logs(), StoredLog::read);
            case METRICS -> export(exchange, signal, store.metrics(), StoredMetric::read);
        }
    }

    private <E extends Stored> void export(
            HttpServerExchange exchange, Signal signal, BoundedLog<E> log, Batch.ItemReader<E> reader)
            throws IOException {
        try (InFlightBudget.Charge charge = budget.open()) {
            Encoding encoding = encoding(exchange);
            Batch<E> batch = new Batch<>(signal, reader, charge, limits.itemBytes());
            read(exchange, encoding, signal, batch);
            log.append(batch.decode(log));
            answers.accept(exchange, encoding, signal, batch.rejections());
        } catch (RefusedException e) {
            answers.refuse(exchange, e.status());
        } catch (OversizedPartException e) {
            answers.refuse(exchange, OtlpStatus.of(413, e.getMessage()));
        } catch (MalformedTelemetryException e) {
            answers.refuse(exchange, OtlpStatus.badData(e.field(), e.getMessage()));
        } catch (ZipException | EOFException e) {
            answers.refuse(
                    exchange,
                    OtlpStatus.badData(
                            "", "not gzip, or cut short" + (e.getMessage() == null ? "" : ": " + e.getMessage())));
        }
    }

    private static Encoding encoding(HttpServerExchange exchange) throws RefusedException {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        return Encoding.of(type)
                .orElseThrow(() -> new RefusedException(OtlpStatus.of(
                        415,
                        "Content-Type must be application/x-protobuf or application/json in UTF-8, not "
                                + (type == null ? "absent" : type))));
    }

    private void read(HttpServerExchange exchange, Encoding encoding, Signal signal, Batch<?> batch)
            throws IOException {
        if (exchange.getRequestContentLength() > limits.bodyBytes()) {
            throw RefusedException.tooLarge("the body of " + exchange.getRequestContentLength()
                    + " bytes is larger than " + limits.bodyBytes() + "; send smaller batches");
        }
        InputStream message = encoding == Encoding.GRPC ? Grpc.message(exchange) : decompressed(exchange);
        InputStream body = new LimitedStream(message, limits.bodyBytes());
        switch (encoding) {
            case PROTOBUF, GRPC -> ProtobufEnvelope.read(body, signal, limits.itemBytes(), batch);
            case JSON -> JsonEnvelope.read(json, body, signal, limits.itemBytes(), batch);
        }
    }

    private static InputStream decompressed(HttpServerExchange exchange) throws IOException {
        String coding = exchange.getRequestHeaders().getFirst(Headers.CONTENT_ENCODING);
        if (coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity")) {
            return exchange.getInputStream();
        }
        if (coding.strip().equalsIgnoreCase("gzip") || coding.strip().equalsIgnoreCase("x-gzip")) {
            return new GZIPInputStream(exchange.getInputStream(), GZIP_BUFFER);
        }
        exchange.getResponseHeaders().put(new HttpString("Accept-Encoding"), "gzip, identity");
        throw new RefusedException(OtlpStatus.of(415, "Content-Encoding must be gzip or identity, not " + coding));
    }
}
