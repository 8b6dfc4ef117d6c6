package dev.tideline.sync.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import org.junit.jupiter.api.Test;

class FirstCopyTest {

    private static final String KEYS = "SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
            + " WHERE c.relname = 'users' AND i.indisprimary AND i.indisvalid";

    private static final String FINGERPRINT =
            "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(u::text, 0)), 0) FROM ";

    @Test
    void a_copy_that_was_cut_off_between_two_chunks_continues_there_and_ends_with_the_key() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'user ' || i FROM generate_series(1, 150000) i");
            scenario.install();

            cutOff(scenario);
            assertThat(scenario.target().value("SELECT count(*) FROM users")).isEqualTo("100000");
            assertThat(scenario.target().value(KEYS)).isEqualTo("0");
            scenario.source()
                    .execute("DELETE FROM project_user WHERE id = 5", "DELETE FROM project_user WHERE id = 140000");

            assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures())
                    .isEmpty();
            assertEqualUsers(scenario);
            assertThat(scenario.target().value(KEYS)).isEqualTo("1");
        }
    }

    @Test
    void a_copy_that_was_cut_off_and_is_not_wanted_as_it_was_begins_anew() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'user ' || i FROM generate_series(1, 150000) i");
            scenario.install();
            cutOff(scenario);
            scenario.source().execute("TRUNCATE project_user", "INSERT INTO project_user VALUES (1, 7, 'new')");

            assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures())
                    .isEmpty();
            assertEqualUsers(scenario);
            assertThat(scenario.target().value(KEYS)).isEqualTo("1");
        }
    }

    @Test
    void a_key_that_a_select_gives_twice_is_parked_and_the_table_ends_with_its_key() {
        assertSecondRowParked("""
                      SELECT r.id, r.display_name FROM project_user r
                      UNION ALL SELECT r.id, 'again' FROM project_user r WHERE r.id = 2
                """);
    }

    @Test
    void a_row_that_cannot_be_read_is_parked_though_the_table_had_no_key_yet() {
        assertSecondRowParked("""
                      SELECT r.id, (1 / (r.id - 2))::text AS display_name FROM project_user r
                """);
    }

    private static void assertSecondRowParked(String select) {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE project_user (tenancy_id int NOT NULL, id bigint PRIMARY KEY, display_name text);"
                        + " INSERT INTO project_user VALUES (1, 1, 'once'), (1, 2, 'twice'), (1, 3, 'once')",
                """
                mappings:
                  users:
                    table: project_user
                    tenant: tenancy_id
                    key: [id]
                    target: users
                    select: |
                """ + select)) {
            scenario.install();

            assertThat(TenantSync.run(scenario.config(), "1", SyncListener.NONE).failures())
                    .isEmpty();
            assertThat(scenario.target().value("SELECT string_agg(id::text, ',' ORDER BY id) FROM users"))
                    .isEqualTo("1,3");
            assertThat(scenario.source().value("SELECT string_agg(key::text, ',') FROM tideline.parked"))
                    .isEqualTo("{2}");
            assertThat(scenario.target().value(KEYS)).isEqualTo("1");
        }
    }

    @Test
    void a_table_that_its_user_made_keeps_its_own_key_throughout() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.target()
                    .execute("CREATE TABLE users (tenancy_id int, id bigint, display_name text, is_anonymous boolean,"
                            + " CONSTRAINT theirs PRIMARY KEY (id))");
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'user ' || i FROM generate_series(1, 150000) i");
            scenario.install();

            cutOff(scenario);
            assertThat(
                            scenario.target()
                                    .value(
                                            "SELECT conname FROM pg_constraint WHERE contype = 'p' AND conrelid = 'users'::regclass"))
                    .isEqualTo("theirs");
            TenantSync.run(scenario.config(), "1", SyncListener.NONE);
            assertEqualUsers(scenario);
        }
    }

    private static void cutOff(SyncScenario scenario) {
        assertThat(TenantSync.run(scenario.config(), "1", new CutOff()).failures())
                .hasEntrySatisfying(
                        "main", failure -> assertThat(failure).hasMessageContaining("cut off behind row 100000"));
    }

    private static void assertEqualUsers(SyncScenario scenario) {
        TestDatabase source = scenario.source();
        assertThat(scenario.target().value(FINGERPRINT + "users u"))
                .isEqualTo(source.value(FINGERPRINT + "project_user u"));
    }

    /** Fails a run as soon as a chunk was committed, which is as far as a process gets that is killed there. */
    private static final class CutOff implements SyncListener {

        @Override
        public void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {
            throw new IllegalStateException("cut off behind row " + total);
        }
    }
}
