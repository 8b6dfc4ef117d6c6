package dev.tideline.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.tideline.testkit.Circumstances;
import dev.tideline.testkit.ExternalDatabase;
import dev.tideline.testkit.ExternalDatabases;
import dev.tideline.testkit.MailServer;
import dev.tideline.testkit.Mailbox;
import dev.tideline.testkit.fixture.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class TidelineExtensionTest {
    private static final List<String> GIVEN = new CopyOnWriteArrayList<>();
    private static final List<String> GIVEN_AFTER = new CopyOnWriteArrayList<>();
    private static final MockWebServer HTTP = new MockWebServer();
    private static EmbeddedPostgres postgres;
    private static TidelineExtension extension;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        HTTP.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return switch (request.getUrl().encodedPath()) {
                    case "/api/v1/status" ->
                        new MockResponse.Builder()
                                .code(
                                        "Bearer s3cret"
                                                        .equals(request.getHeaders()
                                                                .get("Authorization"))
                                                ? 200
                                                : 401)
                                .body("{\"sequencer\":{\"pending\":3}}")
                                .build();
                    default -> new MockResponse.Builder().body("""
                                    [{"id":"1","from":"<shop@example.com>","to":["<a@b>"],"subject":"Welcome",
                                      "posix-millis":1795341600000}]""").build();
                };
            }
        });
        HTTP.start();
        postgres = EmbeddedPostgres.start(18, folder);
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Files.write(
                logs.resolve("postgres.log"),
                IntStream.rangeClosed(1, 50).mapToObj(i -> "line " + i).toList());
        URI root = URI.create("http://127.0.0.1:" + HTTP.getPort());
        extension = TidelineExtension.on(
                new MailServer(root, "127.0.0.1", 25),
                postgres.url(),
                Circumstances.none()
                        .withSyncStatus(root, "s3cret")
                        .withLogs(logs)
                        .withLogs(folder.resolve("none"))
                        .with("queue", () -> {
                            throw new IllegalStateException("closed");
                        }));
    }

    @AfterAll
    static void stop() {
        postgres.close();
        HTTP.close();
    }

    /** Only in the run that the test below makes, and there with the extension for the services above. */
    static final class Current
            implements ExecutionCondition,
                    ParameterResolver,
                    TestExecutionExceptionHandler,
                    LifecycleMethodExecutionExceptionHandler {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter("sample").isPresent()
                    ? ConditionEvaluationResult.enabled("run by a test")
                    : ConditionEvaluationResult.disabled("fails by design");
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return extension.supportsParameter(parameter, context);
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return extension.resolveParameter(parameter, context);
        }

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
            extension.handleTestExecutionException(context, failure);
        }

        @Override
        public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
                throws Throwable {
            extension.handleBeforeEachMethodExecutionException(context, failure);
        }

        @Override
        public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
                throws Throwable {
            extension.handleAfterEachMethodExecutionException(context, failure);
        }
    }

    @ExtendWith(Current.class)
    static class FailsBefore {
        @BeforeEach
        void prepare(Mailbox alice) {
            throw new AssertionError("cannot prepare " + alice.address().length());
        }

        @Test
        void is_not_reached() {}
    }

    @ExtendWith(Current.class)
    static class FailsAfter {
        @Test
        void passes(Mailbox alice) {
            GIVEN_AFTER.add(alice.address());
        }

        @AfterEach
        void cleanUp() {
            throw new AssertionError("cannot clean up");
        }
    }

    @ExtendWith(Current.class)
    static class Sample {
        @Test
        void passes(Mailbox alice, Mailbox bob, ExternalDatabase acme, ExternalDatabases more) {
            GIVEN.addAll(List.of(
                    alice.address(),
                    bob.address(),
                    acme.name(),
                    more.create("more").name()));
        }

        @Test
        void fails(Mailbox alice) {
            throw new AssertionError("no such user");
        }
    }

    @Test
    void gives_each_test_its_own_and_tells_a_failure_what_happened() throws SQLException {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Sample.class))
                .configurationParameter("sample", "true")
                .execute();

        results.testEvents().assertStatistics(events -> events.succeeded(1).failed(1));
        assertThat(GIVEN).hasSize(4);
        assertThat(GIVEN.get(0)).matches("alice-[a-z0-9]+@mailbox\\.test");
        assertThat(GIVEN.get(1)).matches("bob-[a-z0-9]+@mailbox\\.test");
        assertThat(GIVEN.get(2)).startsWith("tidetest_acme_");
        assertThat(postgres.names()).doesNotContainAnyElementsOf(GIVEN.subList(2, 4));

        Throwable failure = results.testEvents()
                .failed()
                .map(Event::getPayload)
                .map(payload -> (TestExecutionResult) payload.orElseThrow())
                .map(result -> result.getThrowable().orElseThrow())
                .findFirst()
                .orElseThrow();
        assertThat(failure).hasMessage("no such user");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(now -> assertThat(now.getMessage()
                                .replaceAll("alice-\\w+@", "alice-1@")
                                .replaceAll("/\\S*/none", "/none"))
                        .isEqualTo("""
                        At the time of the failure:
                        sync status:
                          {"sequencer":{"pending":3}}
                        last lines of the services' logs:
                          postgres.log:
                            line 41
                            line 42
                            line 43
                            line 44
                            line 45
                            line 46
                            line 47
                            line 48
                            line 49
                            line 50
                        last lines of the services' logs: unavailable, java.nio.file.NoSuchFileException: /none
                        queue: unavailable, java.lang.IllegalStateException: closed
                        mail to alice-1@mailbox.test:
                          "Welcome" from <shop@example.com> to <a@b> at 2026-11-22T10:00:00Z"""));
    }

    @ParameterizedTest
    @ValueSource(classes = {FailsBefore.class, FailsAfter.class})
    void tells_what_happened_also_where_preparing_or_cleaning_up_fails(Class<?> sample) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(sample))
                .configurationParameter("sample", "true")
                .execute();

        assertThat(results.testEvents()
                        .failed()
                        .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                                .getThrowable()
                                .orElseThrow())
                        .toList())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getSuppressed()[0].getMessage())
                        .contains("At the time of the failure:", "sync status:", "mail to alice-"));
    }
}
