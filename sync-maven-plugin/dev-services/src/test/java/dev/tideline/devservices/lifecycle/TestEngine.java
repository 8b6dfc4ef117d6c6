package dev.tideline.devservices.lifecycle;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.tideline.devservices.provider.docker.DockerProvider;
import dev.tideline.devservices.provider.docker.EngineAddress;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The engine that tests use, and the images: those of the plugin, or of the properties {@code tideline.test.image.<service>}.
 * As an extension it skips tests where no engine answers or images are missing, and says which.
 */
public final class TestEngine implements ExecutionCondition {

    private static final Map<String, String> USUAL = Map.of(
            "postgres", "postgres:18",
            "mail", "inbucket/inbucket:3.0.3",
            "collector", "jaegertracing/jaeger:2.17.0");

    /** Made by JUnit. */
    public TestEngine() {}

    static EngineAddress address() {
        return EngineAddress.find(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** What keeps the Docker provider from being tested here, if anything does. */
    public static Optional<String> obstacle() {
        return OBSTACLE;
    }

    /** A spec with the image of the tests. */
    static ServiceSpec spec(String service, Map<String, String> settings) {
        return new ServiceSpec(service, "", image(service), settings, Map.of(), List.of(), Map.of(), List.of(), false);
    }

    /** A service of the user's own that nothing is known of but that it answers HTTP. */
    public static ServiceSpec custom(String name) {
        return ServiceSpec.custom(name, image("collector"), Map.of("SHADE", "teal"), 16686, "http");
    }

    public static String image(String service) {
        String kind = service.replace("external-", "");
        return System.getProperty("tideline.test.image." + kind, USUAL.get(kind));
    }

    /** For a look past the provider. */
    static DockerClient client() {
        DefaultDockerClientConfig config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address().uri().toString())
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return OBSTACLE.map(why -> ConditionEvaluationResult.disabled("needs Docker, but " + why))
                .orElseGet(() -> ConditionEvaluationResult.enabled("an engine answers and has the images"));
    }

    private static final Optional<String> OBSTACLE = new DockerProvider(
                    TestEngine::address, Path.of("/"), 11, ServiceCatalogue.standard(), Optional.empty())
            .obstacle(List.of(spec("postgres", Map.of()), spec("mail", Map.of()), spec("collector", Map.of())));
}
