package dev.tideline.testkit.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.Severity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application that has Actuator and OpenTelemetry, and not a word about where they send to. */
class TelemetryTest {

    @TempDir
    private static Path folder;

    private static RunningWorkspace workspace;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {}

    @BeforeAll
    static void start() {
        workspace = RunningWorkspace.start(folder);
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "grpc"})
    void its_spans_metrics_and_logs_arrive_at_the_collector_of_the_workspace(String transport) throws Exception {
        String name = "checkout-" + transport;
        try (ConfigurableApplicationContext shop = new SpringApplicationBuilder(Shop.class)
                .run(
                        "--spring.application.name=shop",
                        "--management.tracing.sampling.probability=1",
                        "--management.otlp.tracing.transport=" + transport,
                        "--management.otlp.logging.transport=" + transport)) {
            Observation.createNotStarted(name, shop.getBean(ObservationRegistry.class))
                    .observe(() -> shop.getBean(MeterRegistry.class)
                            .counter("orders-" + transport)
                            .increment());
            shop.getBean(OpenTelemetry.class)
                    .getLogsBridge()
                    .get("shop")
                    .logRecordBuilder()
                    .setSeverity(Severity.INFO)
                    .setBody("sold by " + transport)
                    .emit();
        } // which sends what is left

        assertThat(await("spans", "service=shop&name=" + name)).contains("\"satisfied\":true");
        assertThat(await("metrics", "service=shop&name=orders-" + transport)).contains("\"satisfied\":true");
        assertThat(await("logs", "service=shop&body=sold+by+" + transport)).contains("\"satisfied\":true");
    }

    /** The collector's answer, once it has what is asked for; if that does not come within 20 s, with what came near. */
    private static String await(String signal, String query) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(workspace.collector().pageUrl() + "/api/v1/" + signal
                                        + "/wait?timeout=20s&" + query))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
