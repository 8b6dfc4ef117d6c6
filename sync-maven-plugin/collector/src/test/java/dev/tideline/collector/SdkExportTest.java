package dev.tideline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.logs.OtlpGrpcLogRecordExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real OpenTelemetry SDK with its real exporters. */
class SdkExportTest {

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void allThreeSignalsArriveAndEveryExportSucceeds(String compression) {
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT)) {
            String url = collector.otlpUrl();
            allThreeSignalsArrive(
                    collector,
                    OtlpHttpSpanExporter.builder()
                            .setEndpoint(url + "/v1/traces")
                            .setCompression(compression)
                            .build(),
                    OtlpHttpLogRecordExporter.builder()
                            .setEndpoint(url + "/v1/logs")
                            .setCompression(compression)
                            .build(),
                    OtlpHttpMetricExporter.builder()
                            .setEndpoint(url + "/v1/metrics")
                            .setCompression(compression)
                            .build());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void theSamePortTakesGrpc(String compression) {
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT)) {
            String url = collector.otlpUrl();
            allThreeSignalsArrive(
                    collector,
                    OtlpGrpcSpanExporter.builder()
                            .setEndpoint(url)
                            .setCompression(compression)
                            .build(),
                    OtlpGrpcLogRecordExporter.builder()
                            .setEndpoint(url)
                            .setCompression(compression)
                            .build(),
                    OtlpGrpcMetricExporter.builder()
                            .setEndpoint(url)
                            .setCompression(compression)
                            .build());
        }
    }

    @Test
    void aRefusalOverGrpcIsAStatusThatTheClientShows() {
        CollectorLimits tight = CollectorLimits.DEFAULT.requests(1024, 1024, 34 * 1024);
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT.within(tight));
                OtlpGrpcSpanExporter exporter = OtlpGrpcSpanExporter.builder()
                        .setEndpoint(collector.otlpUrl())
                        .build();
                SdkTracerProvider tracers = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build()) {
            tracers.get("tests").spanBuilder("x".repeat(3_000)).startSpan().end();
            CompletableResultCode result = tracers.forceFlush().join(20, TimeUnit.SECONDS);
            assertThat(result.isSuccess()).isFalse();
            assertThat(result.getFailureThrowable())
                    .isInstanceOfSatisfying(
                            FailedExportException.GrpcExportException.class,
                            failure -> assertThat(failure.getResponse().getStatusDescription())
                                    .matches("the body of \\d+ bytes is larger than 1024; send smaller batches"));
        }
    }

    private static void allThreeSignalsArrive(
            Collector collector, SpanExporter spans, LogRecordExporter logs, MetricExporter metrics) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "sdk")));
        SdkTracerProvider tracers = SdkTracerProvider.builder()
                .setResource(resource)
                .addSpanProcessor(BatchSpanProcessor.builder(spans).build())
                .build();
        SdkLoggerProvider loggers = SdkLoggerProvider.builder()
                .setResource(resource)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(logs).build())
                .build();
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(PeriodicMetricReader.builder(metrics).build())
                .build();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setTracerProvider(tracers)
                .setLoggerProvider(loggers)
                .setMeterProvider(meters)
                .build()) {
            Span span = sdk.getTracer("tests").spanBuilder("checkout").startSpan();
            try (Scope scope = span.makeCurrent()) {
                assertThat(scope).isNotNull();
                span.setAttribute("order.id", 42);
                sdk.getLogsBridge()
                        .get("tests")
                        .logRecordBuilder()
                        .setBody("in the span")
                        .emit();
                sdk.getMeter("tests").histogramBuilder("took").build().record(1.5);
            }
            span.end();
            succeeds(tracers.forceFlush());
            succeeds(loggers.forceFlush());
            succeeds(meters.forceFlush());
        }
        CollectorClient client = new CollectorClient(collector);
        JsonNode found = client.get("/api/v1/spans/wait?service=sdk&name=checkout&attribute=order.id=42&timeout=5s");
        assertThat(found.get("satisfied").asBoolean()).isTrue();
        JsonNode span = found.get("spans").get(0);
        JsonNode log =
                client.get("/api/v1/logs?body=in%20the%20span").get("logs").get(0);
        assertThat(log.get("span_id")).isEqualTo(span.get("span_id"));
        assertThat(log.get("trace_id")).isEqualTo(span.get("trace_id"));
        JsonNode metric = client.get("/api/v1/metrics?name=took").get("metrics").get(0);
        assertThat(metric.get("points").get(0).get("sum").asDouble()).isEqualTo(1.5);
    }

    private static void succeeds(CompletableResultCode result) {
        result.join(20, TimeUnit.SECONDS);
        assertThat(result.isSuccess()).as("%s", result.getFailureThrowable()).isTrue();
    }
}
