package dev.tideline.devservices.provider.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.devservices.service.ServiceSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresImageTest {

    private final PostgresImage image = new PostgresImage("postgres");

    @Test
    void a_version_is_the_tag_of_the_official_image() {
        assertThat(image.reference(ServiceSpec.of("postgres"))).isEqualTo("postgres:18");
        assertThat(image.reference(new ServiceSpec(
                        "postgres", "16.4", "", Map.of(), Map.of(), List.of(), Map.of(), List.of(), true)))
                .isEqualTo("postgres:16.4");
    }

    @Test
    void data_of_another_major_is_kept_and_both_ways_out_are_named() {
        assertThat(image.advice(List.of(
                        "2026-11-22 22:45:31 UTC [1] FATAL:  database files are incompatible with server",
                        "2026-11-22 22:45:31 UTC [1] DETAIL:  The data directory was initialized by PostgreSQL version 15,"
                                + " which is not compatible with this version 18.1.")))
                .isEqualTo("\nThe data of postgres was created by Postgres 15, and the service asks for 18."
                        + " Ask for version 15, or delete the data with `mvn sync:clean` and start again.");
        assertThat(image.advice(List.of("FATAL:  out of memory"))).isEmpty();
    }
}
