package dev.tideline.directory;

import static dev.tideline.directory.fixture.TestTenant.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.fixture.RunningDirectory;
import dev.tideline.directory.fixture.RunningDirectory.Running;
import dev.tideline.directory.fixture.TestTenant;
import dev.tideline.directory.sync.EmbeddedSync;
import dev.tideline.testkit.Eventually;
import dev.tideline.testkit.ExternalDatabases;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(RunningDirectory.class)
class TelemetryTest {

    /** Keeps what has ended. */
    private static final class Spans implements SpanExporter {

        private final Queue<SpanData> ended = new ConcurrentLinkedQueue<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            ended.addAll(spans);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private final Spans spans = new Spans();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .build();

    @Test
    void eachRequestIsASpanThatIsNamedByItsRoute(Running running) throws Exception {
        try (Directory directory = Directory.start(Running.config(
                        running.newDatabase("telemetry_requests"),
                        Running.smtp(running.mailServer().smtpPort()))
                .withTelemetry(sdk))) {
            TestTenant tenant = running.tenantAt(directory);
            tenant.server().get("/users/" + UUID.randomUUID()).expectError(404, "USER_NOT_FOUND");
            assertThat(spans.ended)
                    .filteredOn(span -> span.getName().equals("GET /users/{user_id}"))
                    .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("directory.tenant")))
                    .containsExactly(tenant.id());
        }
        assertThat(spans.ended)
                .extracting(
                        SpanData::getName,
                        span -> span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .contains(tuple("POST /tenants", 201L), tuple("GET /users/{user_id}", 404L));
    }

    @Test
    void aTransactionNamesTheSpanThatTheSyncOfItsRowsContinues(Running running) throws Exception {
        try (Database database = Database.open(running.newDatabase("telemetry_transactions"), 2)) {
            Span span = sdk.getTracer("test").spanBuilder("a request").startSpan();
            try (Scope scope = span.makeCurrent()) {
                assertThat(traceparent(database))
                        .startsWith("00-" + span.getSpanContext().getTraceId() + "-"
                                + span.getSpanContext().getSpanId() + "-0");
            }
            assertThat(traceparent(database)).isNullOrEmpty();
        }
    }

    @Test
    void theTraceOfASignUpLeadsToTheTenantsDatabase(Running running, @TempDir Path folder) throws Exception {
        try (ExternalDatabases externals = running.externalDatabases();
                Directory directory = Directory.start(Running.config(
                                running.newDatabase("telemetry_sync"),
                                Running.smtp(running.mailServer().smtpPort()))
                        .withSync(EmbeddedSync.writeConfig(folder))
                        .withTelemetry(sdk))) {
            TestTenant tenant = running.tenantAt(directory);
            tenant.admin()
                    .put(
                            "/internal/external-databases/main",
                            body("url", externals.create("telemetry").url()))
                    .expect(200);
            Eventually.await("a first copy of all tables")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> named("tideline.copy").count() == 11);
            tenant.signUp(tenant.address("ada"));
            Eventually.await("the sync in the trace of the sign-up")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> named("POST /auth/sign-up")
                            .anyMatch(request -> named("tideline.apply")
                                    .anyMatch(apply -> apply.getTraceId().equals(request.getTraceId()))));
        }
    }

    private Stream<SpanData> named(String name) {
        return spans.ended.stream().filter(span -> span.getName().equals(name));
    }

    private static String traceparent(Database database) {
        return database.inTransaction(
                handle -> handle.createQuery("SELECT current_setting('tideline.traceparent', true)")
                        .mapTo(String.class)
                        .findOne()
                        .orElse(null));
    }
}
