package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of tenants and external databases that nothing can be done with. */
class FaultyEntriesTest {

    private static SyncScenario scenario() {
        SyncScenario scenario =
                SyncScenario.of("""
                ALTER TABLE tenancy ALTER id TYPE text;
                CREATE TABLE thing (tenant text, id int PRIMARY KEY);
                CREATE TABLE external_database (tenant text, name text, url text, enabled boolean);
                """, "mappings: { thing: { table: thing, tenant: tenant, key: id } }\n");
        scenario.source()
                .execute(
                        "INSERT INTO external_database VALUES ('1', 'main', '"
                                + scenario.target().url() + "', true)",
                        "INSERT INTO external_database VALUES ('2', E'\\x1b[31mred', NULL, true), (NULL, 'x', 'u', true)");
        scenario.externalTable("external_database");
        return scenario;
    }

    @Test
    void check_warns_of_them(@TempDir Path folder) {
        TidelineTool tideline = new TidelineTool(folder);
        try (SyncScenario scenario = scenario()) {
            Outcome check = tideline.run(scenario, "check");
            assertThat(check.code()).isZero();
            assertThat(check.err() + check.out())
                    .contains(
                            "external_databases.table: a row is left out: tenant 2, name \\u001b[31mred: its url is NULL."
                                    + " Correct it, or switch it off: enabled = false.")
                    .contains("external_databases.table: a row is left out: tenant NULL, name x: its tenant is NULL.")
                    .doesNotContain("\u001b");
        }
    }

    @Test
    void two_in_one_place_and_the_source_itself_are_warned_of(@TempDir Path folder) {
        TidelineTool tideline = new TidelineTool(folder);
        try (SyncScenario scenario = scenario()) {
            scenario.source()
                    .execute("INSERT INTO external_database SELECT '2', 'copy', url, true FROM external_database"
                            + " WHERE tenant = '1'");
            assertThat(tideline.run(scenario, "check").err())
                    .contains("external_databases.table: 1/main and 2/copy are the same database and schema."
                            + " Give each a database of its own, or a schema: ?currentSchema=name.");
            scenario.source()
                    .execute(
                            "DELETE FROM external_database WHERE tenant = '2'",
                            "INSERT INTO thing VALUES ('2', 2)",
                            "UPDATE external_database SET url = '"
                                    + scenario.source().url() + "'");
            String refused = "1/main: this is the source itself, and the mapping \"thing\" would write to the table"
                    + " thing that is read there. Name another database, or a schema: ?currentSchema=name";
            assertThat(tideline.run(scenario, "check").err()).contains(refused);
            tideline.run(scenario, "install");
            Outcome resync = tideline.run(scenario, "resync", "1");
            assertThat(resync.code()).isEqualTo(1);
            assertThat(resync.err() + resync.out()).contains("this is the source itself");
            assertThat(scenario.source().value("SELECT count(*) FROM thing")).isEqualTo("1");
            assertThat(scenario.source().value("SELECT to_regclass('tideline_sync_metadata') IS NULL"))
                    .isEqualTo("t");
        }
    }

    @Test
    void status_shows_them_and_what_was_left_out_for_its_tenants_id(@TempDir Path folder) {
        TidelineTool tideline = new TidelineTool(folder);
        try (SyncScenario scenario = scenario()) {
            tideline.run(scenario, "install");
            scenario.source().execute("INSERT INTO thing VALUES (repeat('long', 300), 1), ('1', 2)");
            tideline.run(scenario, "sequence", "--once");
            Outcome status = tideline.run(scenario, "status");
            assertThat(status.code()).isZero();
            assertThat(status.out().replaceAll("last at \\S+:", "last at …:"))
                    .contains(
                            "  table thing: 1 change left out, last at …: the tenant id has 1200 bytes and begins with "
                                    + "long".repeat(15) + "\n")
                    .contains("targets    2, 0 ok, 2 failing\n")
                    .contains("  2/\\u001b[31mred  error\n    its url is NULL\n")
                    .contains("  null/x  error\n    its tenant is NULL\n")
                    .doesNotContain("\u001b");
        }
    }
}
