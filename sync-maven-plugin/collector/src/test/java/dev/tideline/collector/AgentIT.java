package dev.tideline.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real Java agent in an application of its own exports all three signals, and logs no error. The agent is a download
 * of 26 MB, so this runs with {@code -Plong} only, which fetches it and names it here.
 */
@EnabledIfSystemProperty(named = "collector.agent", matches = ".+")
class AgentIT {

    private static final Path AGENT = Path.of(System.getProperty("collector.agent", ""));

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    @Timeout(value = 150, unit = TimeUnit.SECONDS)
    void theAgentExportsAllThreeSignalsWithNoErrorLogged(String compression) throws Exception {
        assertThat(AGENT).as("property collector.agent, set by the build").isRegularFile();
        try (Collector collector = Collector.start(CollectorConfig.DEFAULT)) {
            List<String> command = CollectorProcess.java(
                    "-javaagent:" + AGENT.toAbsolutePath(),
                    "-Dotel.service.name=watched",
                    "-Dotel.exporter.otlp.protocol=http/protobuf",
                    "-Dotel.exporter.otlp.compression=" + compression,
                    "-Dotel.exporter.otlp.endpoint=" + collector.otlpUrl(),
                    "-Dotel.metric.export.interval=500",
                    "-Dotel.bsp.schedule.delay=200");
            command.add(WatchedApplication.class.getName());
            Path log = Files.createTempFile("watched", ".log");
            Process application = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(application.waitFor(120, TimeUnit.SECONDS)).isTrue();
                String output = Files.readString(log, StandardCharsets.UTF_8);
                assertThat(application.exitValue()).as(output).isZero();
                assertThat(output).contains("opentelemetry-javaagent - version");
                assertThat(output.lines()
                                .filter(line -> line.startsWith("[otel.javaagent") && !line.contains(" INFO ")))
                        .isEmpty();
                CollectorClient client = new CollectorClient(collector);
                arrives(client, "/api/v1/spans/wait?service=watched&kind=client&timeout=10s");
                arrives(client, "/api/v1/logs/wait?service=watched&body=watched%20and%20warned&timeout=10s");
                arrives(client, "/api/v1/metrics/wait?service=watched&name=jvm.memory.used&timeout=10s");
            } finally {
                application.destroyForcibly();
                Files.deleteIfExists(log);
            }
        }
    }

    private static void arrives(CollectorClient client, String path) {
        JsonNode answer = client.get(path);
        assertThat(answer.get("satisfied").asBoolean()).as("%s", answer).isTrue();
    }
}
