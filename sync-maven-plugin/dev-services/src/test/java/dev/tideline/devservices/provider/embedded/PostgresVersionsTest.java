package dev.tideline.devservices.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresVersionsTest {

    @ParameterizedTest
    @CsvSource({"13, 13", "14, 14", "15, 15", "16, 16", "17, 17", "18, 18"})
    void a_major_gives_the_version_that_the_tests_run_against(String wanted, int major) {
        String version = PostgresVersions.resolve(wanted);
        assertThat(PostgresVersions.major(version)).isEqualTo(major);
        assertThat(Path.of("target/postgres-jars"))
                .isDirectoryContaining("glob:**" + PostgresPlatform.current().artifactId() + "-" + version + ".jar");
    }

    @ParameterizedTest
    @CsvSource({"16.4.0, 16.4.0", "16.4, 16.4.0", "'  17 ', 17.11.0", "13.1.0-1, 13.1.0-1"})
    void a_full_version_is_taken_as_it_is(String wanted, String version) {
        assertThat(PostgresVersions.resolve(wanted)).isEqualTo(version);
    }

    @Test
    void the_default_is_the_newest_major() {
        assertThat(PostgresVersions.newest()).isEqualTo(PostgresVersions.resolve("18"));
    }

    @ParameterizedTest
    @CsvSource({"12", "latest", "12.1.0", "16.x"})
    void anything_else_is_refused_with_what_there_is(String wanted) {
        assertThatThrownBy(() -> PostgresVersions.resolve(wanted))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("Postgres version '" + wanted + "' is not known. Give a major (13, 14, 15, 16, 17, 18)"
                        + " or a full version such as 18.6.0.");
    }
}
