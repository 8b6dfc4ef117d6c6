package dev.tideline.sync.apply;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import org.junit.jupiter.api.Test;

/** Metadata that an owner of a target has made into something else. */
class BoundedMetadataTest {

    private static final String USERS = "SELECT id, display_name FROM users WHERE id = 1";

    private static final String SAID = "SELECT bool_or(error LIKE '%s') FROM tideline.target_state";

    private static final String OTHERS =
            "tenant, now() AS updated_at, complete_through, table_name, definition, copy_definition, copy_sequence_id,"
                    + " copy_position, copy_rows, copy_prune, parked, refused FROM kept";

    private static SyncScenario running() {
        SyncScenario scenario = SyncScenario.users();
        scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
        scenario.install();
        scenario.run();
        Rows.of(scenario.target(), "SELECT count(*) FROM users").become("1");
        // Not with the first copy: each of these has an id of its own, which the source knows and the cursor may be at.
        scenario.source().execute("INSERT INTO project_user SELECT 1, i, 'Bob', false FROM generate_series(2, 3000) i");
        Rows.of(scenario.target(), "SELECT count(*) FROM users").become("3000");
        return scenario;
    }

    /** In one transaction: a run must not find the moment in which there is neither. */
    private static void replaceMetadata(SyncScenario scenario, String view) {
        scenario.target().execute("ALTER TABLE tideline_sync_metadata RENAME TO kept; " + view);
    }

    private static void recovers(SyncScenario scenario) {
        scenario.target()
                .execute("DROP VIEW tideline_sync_metadata; ALTER TABLE kept RENAME TO tideline_sync_metadata");
        Rows.of(scenario.target(), USERS).become("1|Eve");
    }

    @Test
    void a_view_of_a_hundred_million_rows_is_not_read_to_its_end() {
        try (SyncScenario scenario = running()) {
            replaceMetadata(
                    scenario,
                    "CREATE VIEW tideline_sync_metadata AS SELECT 'm' || generate_series(1, 100000000) AS"
                            + " mapping_name, last_synced_sequence_id, " + OTHERS);
            scenario.source().execute("UPDATE project_user SET display_name = 'Eve' WHERE id = 1");
            Rows.of(scenario.source(), SAID.formatted("%sent more than 16 MB in answer to one step%"))
                    .become("t");
            recovers(scenario);
        }
    }

    /** It seems that somebody moves it back each time. */
    @Test
    void a_cursor_that_is_another_one_each_time_ends_the_run() {
        try (SyncScenario scenario = running()) {
            scenario.target()
                    .execute(
                            "CREATE SEQUENCE moved",
                            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
            replaceMetadata(
                    scenario,
                    "CREATE VIEW tideline_sync_metadata AS SELECT mapping_name, last_synced_sequence_id -"
                            + " nextval('moved') AS last_synced_sequence_id, " + OTHERS
                            + "; CREATE TRIGGER nothing INSTEAD OF UPDATE ON tideline_sync_metadata FOR EACH ROW EXECUTE"
                            + " FUNCTION nothing()");
            scenario.source().execute("UPDATE project_user SET display_name = 'Eve' WHERE id = 1");
            Rows.of(scenario.source(), SAID.formatted("%was moved by somebody else 21 times in one run%"))
                    .become("t");
            recovers(scenario);
        }
    }
}
