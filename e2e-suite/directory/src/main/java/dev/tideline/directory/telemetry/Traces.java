package dev.tideline.directory.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;

/** Sends the spans of this process, including Tideline's, to a collector. */
public final class Traces implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final OpenTelemetrySdk sdk;

    private Traces(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
    }

    /**
     * Starts. Call it once per process, before anything that traces is started.
     *
     * @param otlpUrl of a collector that accepts OTLP over HTTP, {@code http://127.0.0.1:8131}
     */
    public static Traces start(String otlpUrl) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(otlpUrl + "/v1/traces")
                .build();
        Attributes service = Attributes.of(AttributeKey.stringKey("service.name"), "directory");
        return new Traces(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(Resource.getDefault().merge(Resource.create(service)))
                        .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                                .setScheduleDelay(EVERY)
                                .build())
                        .build())
                .buildAndRegisterGlobal());
    }

    /** Sends what is left. */
    @Override
    public void close() {
        sdk.close();
    }
}
