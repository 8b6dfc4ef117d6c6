package dev.tideline.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The JDBC starter, tables in {@code public}, and no migrations. */
class JdbcApplicationIT {

    @Test
    void an_application_without_migrations_starts_with_the_library_and_syncs(@TempDir Path folder) throws Exception {
        try (AccountDatabases databases = AccountDatabases.start(folder)) {
            databases.app().execute("CREATE TABLE customer (id int PRIMARY KEY)");
            databases.app().execute("CREATE TABLE account (customer_id int NOT NULL, id int PRIMARY KEY, owner text)");
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
            assertThat(databases
                            .app()
                            .queryForList("SELECT to_regclass('public.flyway_schema_history')::text", String.class))
                    .as("Spring Boot's migrations were not switched on")
                    .containsOnlyNulls();
        }
    }
}
