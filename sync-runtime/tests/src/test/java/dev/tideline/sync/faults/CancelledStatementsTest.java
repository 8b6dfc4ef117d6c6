package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancelledStatementsTest {

    private static final String OURS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'tideline%' AND state = 'active'";

    /** Ten minutes for each row, in which Postgres does not look whether anybody waits for them. */
    /** Postgres 13 does not notice by itself that a client is gone. */
    @ParameterizedTest
    @ValueSource(ints = {13, PostgresFixture.NEWEST})
    void a_runtime_that_is_closed_leaves_no_statement_at_work_at_the_source(int sourceMajor) {
        try (SyncScenario scenario = SyncScenario.between(sourceMajor, PostgresFixture.NEWEST, """
                CREATE TABLE item (tenant int NOT NULL, id int PRIMARY KEY);
                INSERT INTO item VALUES (1, 1);
                CREATE FUNCTION slow() RETURNS int LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(600); RETURN 1; END';
                """, """
                mappings:
                  items: { table: item, tenant: tenant, key: [id], target: items, select: "SELECT r.*, slow() AS n FROM item r" }
                """)) {
            scenario.install();
            SyncRuntime runtime = scenario.run();
            Rows.of(scenario.source(), OURS.replace("active'", "active' AND wait_event = 'PgSleep'"))
                    .become("1");

            runtime.close();

            Rows.of(scenario.source(), OURS).become("0");
            assertThat(scenario.source().value("SELECT count(*) FROM item")).isEqualTo("1");
        }
    }

    @Test
    void a_statement_of_a_process_that_was_killed_ends() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            Connection connection = PostgresConnections.open(scenario.config().source(), "killed");
            String asleep = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'killed' AND datname ="
                    + " current_database() AND wait_event = 'PgSleep'";
            CompletableFuture<Void> statement = CompletableFuture.runAsync(() -> {
                try {
                    Jdbc.execute(connection, "SELECT pg_sleep(600)");
                } catch (SQLException e) {
                    // It was cut off.
                }
            });
            Rows.of(scenario.source(), asleep).become("1");
            connection.abort(Runnable::run);
            Rows.of(scenario.source(), asleep).become("0");
            statement.get(30, TimeUnit.SECONDS);
        }
    }
}
