package dev.tideline.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with migrations of its own, and with the Flyway that its Spring Boot brings. */
class FlywayApplicationIT {

    @Test
    void an_application_runs_its_own_migrations_and_no_others(@TempDir Path folder) throws Exception {
        try (AccountDatabases databases = AccountDatabases.start(folder)) {
            databases.application().close(); // makes its tables
            databases.app().execute("INSERT INTO customer VALUES (1)");
            databases.install();

            try (ConfigurableApplicationContext application =
                    databases.application("tideline.config=" + databases.config())) {
                assertThat(application.isActive()).isTrue();
                databases.app().execute("INSERT INTO account VALUES (1, 7, 'Ada')");
                await().ignoreExceptions()
                        .until(
                                () -> databases.customer().queryForList("SELECT owner FROM accounts", String.class),
                                equalTo(List.of("Ada")));
            }
            assertThat(databases.app().queryForList("SELECT script FROM public.flyway_schema_history", String.class))
                    .containsExactly("V1__accounts.sql");
        }
    }
}
