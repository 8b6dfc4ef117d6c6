package dev.tideline.devservices.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a {@code <service>} of the user's own may say, and what is answered where it says it wrongly. */
class CustomServiceConfigurationTest {

    private final ServiceSelection selection = new ServiceSelection(ServiceCatalogue.standard(), true);

    @Test
    void one_is_chosen_by_its_name_like_any_other() {
        ServiceSpec redis = redis("redis:8", 6379, "log:Ready to accept connections");
        List<ServiceSpec> configured = List.of(ServiceSpec.of("postgres"), redis);

        assertThat(selection.select(null, service -> null, configured)).isEqualTo(configured);
        assertThat(selection.select("redis,mail", service -> null, configured))
                .extracting(ServiceSpec::name)
                .containsExactly("redis", "mail");
        assertThat(selection.select("redis", service -> "valkey:9", configured).get(0))
                .isEqualTo(redis("valkey:9", 6379, "log:Ready to accept connections"));
        assertThat(ServiceSpec.of(redis.toProperties())).isEqualTo(redis);
        assertThat(redis.fingerprint())
                .isNotEqualTo(redis("redis:8", 6380, redis.readyWhen()).fingerprint());
    }

    @ParameterizedTest
    @MethodSource
    void a_way_to_wait_is_read(String written, ReadyWhen.Kind kind, String argument) {
        assertThat(ReadyWhen.parse("redis", written)).isEqualTo(new ReadyWhen(kind, argument));
    }

    static Stream<Arguments> a_way_to_wait_is_read() {
        return Stream.of(
                Arguments.of("", ReadyWhen.Kind.TCP, ""),
                Arguments.of(" tcp ", ReadyWhen.Kind.TCP, ""),
                Arguments.of("http", ReadyWhen.Kind.HTTP, "/"),
                Arguments.of("http:/health?full", ReadyWhen.Kind.HTTP, "/health?full"),
                Arguments.of("http:health", ReadyWhen.Kind.HTTP, "/health"),
                Arguments.of("log: Ready: all", ReadyWhen.Kind.LOG, "Ready: all"),
                Arguments.of("healthy", ReadyWhen.Kind.HEALTHY, ""));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_wrong_is_named_with_what_to_do(ServiceSpec spec, String message) {
        assertThatThrownBy(() -> selection.select(null, service -> null, List.of(spec)))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> what_is_wrong_is_named_with_what_to_do() {
        return Stream.of(
                Arguments.of(
                        redis("redis:8", 6379, "helthy"),
                        "Service 'redis' has <wait>helthy</wait>, and 'helthy' is not a way to wait. Did you mean healthy?"
                                + " Give tcp, http, http:/path, log:text or healthy."),
                Arguments.of(
                        redis("redis:8", 6379, "log"),
                        "Service 'redis' has <wait>log</wait> without a text. Give what its log shows when it is ready,"
                                + " such as <wait>log:Ready to accept connections</wait>."),
                Arguments.of(
                        redis("redis:8", 6379, "tcp:6379"),
                        "Service 'redis' has <wait>tcp:6379</wait>, but tcp takes nothing after it. Give <wait>tcp</wait>."),
                Arguments.of(
                        redis("", 6379, "tcp"),
                        "Service 'redis' has no <image>. Give the image to run, such as <image>redis:8</image>."),
                Arguments.of(
                        redis("redis:8", 0, ""),
                        "Service 'redis' has no <port>. Give the port that it listens on inside its container, such as"
                                + " <port>6379</port>."),
                Arguments.of(
                        redis("", 0, ""),
                        "There is no service 'redis'. The services are: launchpad, postgres, external-postgres, mail,"
                                + " collector."),
                Arguments.of(
                        new ServiceSpec(
                                "redis", "8", "redis", Map.of(), Map.of(), List.of(), Map.of(), List.of(), true, 6379,
                                ""),
                        "Service 'redis' has a <version>. Write it into its <image>, such as <image>redis:8</image>."),
                Arguments.of(
                        ServiceSpec.custom("Redis_1", "redis:8", Map.of(), 6379, ""),
                        "Service 'Redis_1' needs a name of lower-case words joined by hyphens, such as web-cache."),
                Arguments.of(
                        ServiceSpec.custom("smtp", "redis:8", Map.of(), 6379, ""),
                        "Service 'smtp' has the name of a port of Tideline's (SMTP). Give it another name."),
                Arguments.of(
                        ServiceSpec.custom("mail", "redis:8", Map.of(), 6379, ""),
                        "Service 'mail' is one of Tideline's, which have their place and way to answer. Leave <port> and"
                                + " <wait> out, or give the service another name."));
    }

    @Test
    void a_version_that_was_typed_is_refused_with_the_property_to_use() {
        assertThatThrownBy(() -> selection.select("redis:7", service -> null, List.of(redis("redis:8", 6379, "tcp"))))
                .hasMessage("Service 'redis' has an image instead of versions. Give another one with"
                        + " -Dtideline.image.redis=…");
    }

    private static ServiceSpec redis(String image, int port, String readyWhen) {
        return ServiceSpec.custom("redis", image, Map.of("MAXMEMORY", "10mb"), port, readyWhen);
    }
}
