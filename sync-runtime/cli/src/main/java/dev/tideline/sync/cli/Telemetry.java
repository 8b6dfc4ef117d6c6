package dev.tideline.sync.cli;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.admin.SyncMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * Sends traces and metrics as configured by OpenTelemetry's usual variables; off if none is set. If the collector is
 * unavailable, lines are logged, and nothing else happens.
 */
final class Telemetry implements AutoCloseable {

    /** How long the end of a command waits for the last spans to be sent. */
    private static final long LAST_SECONDS = 2;

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

    /** The SDK's name for a service without a name. */
    private static final String UNNAMED = "unknown_service";

    private final Optional<On> on;

    private record On(OpenTelemetrySdk sdk, MeterProducer meters) {}

    private Telemetry(Optional<On> on) {
        this.on = on;
    }

    /** The variables contradict each other, or name something that does not exist. */
    static final class BadVariablesException extends RuntimeException {

        BadVariablesException(RuntimeException cause) {
            super(
                    "Telemetry cannot be sent as the OTEL_* variables say. Correct them, or set OTEL_SDK_DISABLED=true",
                    cause);
        }
    }

    /** Sends spans as the environment says from now on. */
    static Telemetry start() {
        return start(System::getenv);
    }

    private static Telemetry start(UnaryOperator<String> environment) {
        Map<String, String> defaults = defaults(environment);
        boolean disabled = "true".equalsIgnoreCase(environment.apply("OTEL_SDK_DISABLED"));
        if (defaults.isEmpty() || disabled || GlobalOpenTelemetry.isSet()) { // for example, an agent has set its own
            return new Telemetry(Optional.empty());
        }
        MeterProducer meters = new MeterProducer();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> defaults)
                    .addResourceCustomizer((resource, config) -> named(resource))
                    .addMeterProviderCustomizer((builder, config) -> builder.registerMetricProducer(meters))
                    .disableShutdownHook() // the command closes it, after the last span
                    .setResultAsGlobal()
                    .build()
                    .getOpenTelemetrySdk();
            return new Telemetry(Optional.of(new On(sdk, meters)));
        } catch (RuntimeException e) {
            throw new BadVariablesException(e);
        }
    }

    /** Defaults unless a variable says otherwise: only signals with an endpoint or an exporter are sent. */
    static Map<String, String> defaults(UnaryOperator<String> environment) {
        boolean all = isSet(environment, "OTEL_EXPORTER_OTLP_ENDPOINT");
        boolean any = false;
        Map<String, String> defaults = new HashMap<>();
        for (String signal : new String[] {"TRACES", "METRICS"}) {
            boolean wanted = all || isSet(environment, "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT");
            defaults.put("otel." + signal.toLowerCase(java.util.Locale.ROOT) + ".exporter", wanted ? "otlp" : "none");
            any |= wanted || isSet(environment, "OTEL_" + signal + "_EXPORTER");
        }
        defaults.put("otel.logs.exporter", "none");
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        return any ? defaults : Map.of();
    }

    private static boolean isSet(UnaryOperator<String> environment, String name) {
        String value = environment.apply(name);
        return value != null && !value.isBlank();
    }

    private static Resource named(Resource resource) {
        String name = resource.getAttribute(SERVICE);
        return name == null || name.startsWith(UNNAMED)
                ? resource.merge(Resource.create(Attributes.of(SERVICE, "tideline")))
                : resource;
    }

    /** Sends the status of a runtime from now on, at the interval of metrics. */
    void show(SyncRuntime runtime) {
        on.ifPresent(sending -> {
            MeterRegistry registry = new SimpleMeterRegistry();
            new JvmMemoryMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            SyncMetrics status = SyncMetrics.in(registry, runtime);
            sending.meters().show(registry, status::refresh);
        });
    }

    /** Sends what is left, within a limit. */
    @Override
    public void close() {
        on.ifPresent(sending -> sending.sdk().shutdown().join(LAST_SECONDS, TimeUnit.SECONDS));
    }
}
