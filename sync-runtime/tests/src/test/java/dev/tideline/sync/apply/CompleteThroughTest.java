package dev.tideline.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SteppedPipeline;
import dev.tideline.sync.SyncScenario;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

/** What {@code complete_through} in a target's metadata claims. */
class CompleteThroughTest {

    private static final String TABLES = """
            CREATE TABLE team (tenant int NOT NULL, id int PRIMARY KEY, name text);
            CREATE TABLE person (tenant int NOT NULL, id int PRIMARY KEY, team int);
            CREATE INDEX ON person (team);
            INSERT INTO team VALUES (1, 1, 'red');
            INSERT INTO person SELECT 1, i, 1 FROM generate_series(1, 50) i;
            """;

    private static final String MAPPINGS = """
            mappings:
              teams: { table: team, tenant: tenant, key: [id], target: teams }
              people:
                table: person
                tenant: tenant
                key: [id]
                target: people
                select: SELECT p.id, t.name FROM person p JOIN team t ON t.id = p.team
                depends_on: [ { table: team, key: { team: id } } ]
            """;

    private static OffsetDateTime now(SyncScenario scenario) {
        return OffsetDateTime.parse(scenario.source()
                .value("SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ')"));
    }

    private static OffsetDateTime complete(SyncScenario scenario, String mapping) {
        return OffsetDateTime.parse(scenario.target()
                .value("SELECT to_char(complete_through AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') FROM"
                        + " tideline_sync_metadata WHERE mapping_name = '" + mapping + "'"));
    }

    private static void run(SteppedPipeline pipeline) throws Exception {
        pipeline.poll();
        pipeline.awaitIdle();
    }

    @Test
    void what_was_committed_by_then_has_arrived_and_no_more_is_claimed() throws Exception {
        try (SyncScenario scenario = SyncScenario.of(TABLES, MAPPINGS)) {
            OffsetDateTime before = now(scenario);
            scenario.install();
            try (SteppedPipeline pipeline = SteppedPipeline.start(scenario.config())) {
                run(pipeline);
                assertThat(complete(scenario, "teams")).as("of a first copy").isBetween(before, now(scenario));

                scenario.source().execute("INSERT INTO team VALUES (1, 2, 'green')");
                OffsetDateTime committed = now(scenario);
                pipeline.sequence();
                OffsetDateTime sequenced = now(scenario);
                scenario.source().execute("INSERT INTO team VALUES (1, 3, 'blue')");
                run(pipeline);
                assertThat(scenario.target().value("SELECT count(*) FROM teams"))
                        .as("the third waits for a pass")
                        .isEqualTo("2");
                assertThat(complete(scenario, "teams")).isBetween(committed, sequenced);
            }
        }
    }

    @Test
    void it_waits_for_rows_that_a_change_of_another_table_has_made_stale() throws Exception {
        try (SyncScenario scenario = SyncScenario.of(TABLES, MAPPINGS)) {
            scenario.settings("sequencer: { batch_size: 15 }");
            scenario.install();
            try (SteppedPipeline pipeline = SteppedPipeline.start(scenario.config())) {
                run(pipeline);
                OffsetDateTime before = now(scenario);
                scenario.source().execute("UPDATE team SET name = 'green'");
                OffsetDateTime committed = now(scenario);
                pipeline.sequence();
                run(pipeline);
                assertThat(scenario.target().value("SELECT count(*) FROM people WHERE name = 'red'"))
                        .isNotEqualTo("0");
                assertThat(complete(scenario, "people")).isBefore(before);

                while (!scenario.target()
                        .value("SELECT count(*) FROM people WHERE name = 'red'")
                        .equals("0")) {
                    pipeline.sequence();
                    run(pipeline);
                }
                assertThat(complete(scenario, "people")).isAfter(committed);
            }
        }
    }

    @Test
    void a_target_of_an_earlier_version_gets_the_column_and_keeps_its_grants() throws Exception {
        try (SyncScenario scenario = SyncScenario.of(TABLES, MAPPINGS)) {
            scenario.install();
            try (SteppedPipeline pipeline = SteppedPipeline.start(scenario.config())) {
                run(pipeline);
            }
            scenario.target()
                    .execute(
                            "ALTER TABLE tideline_sync_metadata DROP complete_through",
                            "REVOKE SELECT ON tideline_sync_metadata FROM PUBLIC");
            scenario.source().execute("INSERT INTO team VALUES (1, 2, 'green')");
            try (SteppedPipeline pipeline = SteppedPipeline.start(scenario.config())) {
                pipeline.sequence();
                run(pipeline);
            }
            assertThat(complete(scenario, "teams")).isBefore(now(scenario));
            assertThat(scenario.target()
                            .value("SELECT has_table_privilege('public', 'tideline_sync_metadata', 'SELECT')"))
                    .isEqualTo("f");
        }
    }
}
