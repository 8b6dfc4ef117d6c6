package dev.tideline.sync.cli;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.admin.SyncMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
 * Sends traces and metrics to where OpenTelemetry's usual variables say; off unless one of them says so. A collector that is
 * away costs lines in the log, and nothing else.
 */
final class Telemetry implements AutoCloseable {

    /** How long the end of a command waits for the last spans to be taken. */
    private static final long LAST_SECONDS = 2;

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");

    /** What the SDK calls a service that nobody has named. */
    private static final String UNNAMED = "unknown_service";

    private static final Telemetry OFF = new Telemetry(Optional.empty(), new MeterProducer());

    private final Optional<OpenTelemetrySdk> sdk;
    private final MeterProducer meters;
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private Telemetry(Optional<OpenTelemetrySdk> sdk, MeterProducer meters) {
        this.sdk = sdk;
        this.meters = meters;
    }

    /** The variables contradict each other, or name what is not there. */
    static final class BadVariablesException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BadVariablesException(RuntimeException cause) {
            super(
                    "Telemetry cannot be sent as the OTEL_* variables say. Correct them, or set OTEL_SDK_DISABLED=true",
                    cause);
        }
    }

    /** Has spans go where the environment says, from now on. */
    static Telemetry start() {
        return start(System::getenv);
    }

    private static Telemetry start(UnaryOperator<String> environment) {
        Map<String, String> defaults = defaults(environment);
        if (defaults.isEmpty() || "true".equalsIgnoreCase(environment.apply("OTEL_SDK_DISABLED"))) {
            return OFF;
        }
        MeterProducer meters = new MeterProducer();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> defaults)
                    .addResourceCustomizer((resource, config) -> named(resource))
                    .addMeterProviderCustomizer((builder, config) -> builder.registerMetricProducer(meters))
                    .disableShutdownHook() // the command ends it, after the last span
                    .setResultAsGlobal()
                    .build()
                    .getOpenTelemetrySdk();
            return new Telemetry(Optional.of(sdk), meters);
        } catch (RuntimeException e) {
            throw new BadVariablesException(e);
        }
    }

    /** What goes unless a variable says otherwise: those signals that somebody has named an endpoint or an exporter for. */
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

    /** Has the status of a runtime sent from now on, as often as metrics are. */
    void show(SyncRuntime runtime) {
        if (sdk.isPresent()) {
            new JvmMemoryMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            SyncMetrics status = SyncMetrics.in(registry, runtime);
            meters.show(registry, status::refresh);
        }
    }

    /** Sends what is left, if it is taken soon. */
    @Override
    public void close() {
        sdk.ifPresent(on -> on.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS));
        registry.close();
    }
}
