package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import org.junit.jupiter.api.Test;

class CancelledStatementsTest {

    private static final String OURS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'tideline%' AND state = 'active'";

    /** Ten minutes for each row, in which Postgres does not look whether anybody waits for them. */
    @Test
    void a_runtime_that_is_closed_leaves_no_statement_at_work_at_the_source() {
        try (SyncScenario scenario = SyncScenario.of("""
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
}
