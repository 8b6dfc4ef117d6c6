package dev.tideline.testkit;

import static dev.tideline.testkit.fixture.EmbeddedPostgres.ask;
import static dev.tideline.testkit.fixture.EmbeddedPostgres.execute;
import static dev.tideline.testkit.fixture.EmbeddedPostgres.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.testkit.fixture.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test at a time: each looks at what there is on the server. */
@Execution(ExecutionMode.SAME_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTemplateTest {
    private static final int TABLES = 50;
    private static final int ROUNDS = 7;

    private EmbeddedPostgres newest;
    private EmbeddedPostgres oldest;

    @BeforeAll
    void start(@TempDir Path folder) {
        newest = EmbeddedPostgres.start(18, folder.resolve("18"));
        oldest = EmbeddedPostgres.start(13, folder.resolve("13"));
    }

    @AfterAll
    void stop() {
        newest.close();
        oldest.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 13})
    void each_copy_has_what_the_migration_left_and_nothing_of_another_test(int version) throws SQLException {
        try (ExternalDatabases databases = server(version).databases()) {
            DatabaseTemplate shop = databases.template("shop", DatabaseTemplateTest::migrate);
            ExternalDatabase one = shop.create();
            ExternalDatabase two = shop.create();

            run(one, "INSERT INTO item_1 VALUES (7, 'chair')");
            assertThat(tell(one, "SELECT count(*) FROM item_1")).isEqualTo("2");
            assertThat(tell(two, "SELECT count(*) FROM item_1")).isEqualTo("1");
        }
        assertThat(server(version).names()).noneMatch(name -> name.startsWith("tidetest"));
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 13})
    void a_reset_database_is_fresh_under_the_same_address_and_cuts_its_connections(int version) throws SQLException {
        try (ExternalDatabases databases = server(version).databases()) {
            DatabaseTemplate shop = databases.template("shop", DatabaseTemplateTest::migrate);
            ExternalDatabase database = shop.create();
            String address = database.url();
            for (int round = 1; round <= 3; round++) {
                try (Connection before = database.connect()) {
                    execute(before, "DROP TABLE item_1");
                    database.readOnly();
                    shop.reset(database);
                    assertThatThrownBy(() -> ask(before, "SELECT 1")).isInstanceOf(SQLException.class);
                }
                assertThat(database.url()).isEqualTo(address);
                assertThat(tell(database, "SELECT count(*) FROM item_1")).isEqualTo("1");
            }
        }
    }

    @Test
    void a_migration_that_fails_is_reported_and_leaves_nothing() throws SQLException {
        try (ExternalDatabases databases = newest.databases()) {
            assertThatThrownBy(() -> databases.template("shop", empty -> run(empty, "CREATE TABBLE x ()")))
                    .isInstanceOf(ExternalDatabaseException.class)
                    .hasMessageStartingWith("Cannot migrate the template database 'shop': ")
                    .hasMessageContaining("syntax error at or near \"TABBLE\"");
        }
        assertThat(newest.names()).noneMatch(name -> name.startsWith("tidetest"));
    }

    /** The medians are in docs/testing-without-sleeps.md. */
    @Test
    void to_take_a_copy_costs_a_fraction_of_migrating_anew() throws SQLException {
        long[] anew = new long[ROUNDS];
        long[] taken = new long[ROUNDS];
        try (ExternalDatabases databases = newest.databases()) {
            DatabaseTemplate shop = databases.template("shop", DatabaseTemplateTest::migrate);
            for (int round = 0; round < ROUNDS; round++) {
                long begin = System.nanoTime();
                migrate(databases.create("anew"));
                anew[round] = System.nanoTime() - begin;
                awaitSpare(round + 1);
                begin = System.nanoTime();
                shop.create();
                taken[round] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(anew);
        Arrays.sort(taken);
        System.out.printf(
                "a migrated database: anew %d ms, as a copy %.2f ms%n",
                Duration.ofNanos(anew[ROUNDS / 2]).toMillis(), taken[ROUNDS / 2] / 1e6);
        assertThat(taken[ROUNDS / 2]).isLessThan(anew[ROUNDS / 2] / 4);
    }

    /** As after a test that takes longer than a copy. */
    private void awaitSpare(int copies) {
        Eventually.await("copy " + copies + " is there")
                .until(
                        () -> newest.names().stream()
                                .filter(name -> name.startsWith("tidetest_shop"))
                                .count(),
                        "it and the template",
                        count -> count == copies + 1);
    }

    private EmbeddedPostgres server(int version) {
        return version == 18 ? newest : oldest;
    }

    private static void migrate(ExternalDatabase empty) throws SQLException {
        try (Connection connection = empty.connect()) {
            for (int table = 1; table <= TABLES; table++) {
                execute(connection, "CREATE TABLE item_" + table + " (id bigint PRIMARY KEY, name text UNIQUE)");
                execute(connection, "INSERT INTO item_" + table + " VALUES (1, 'lamp')");
            }
        }
    }

    private static String tell(ExternalDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return ask(connection, sql);
        }
    }
}
