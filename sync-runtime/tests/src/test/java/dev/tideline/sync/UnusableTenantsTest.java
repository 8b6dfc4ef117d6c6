package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import dev.tideline.sync.status.StatusReader;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tenant ids and entries of the table of external databases that nothing can be done with: reported, and in nobody's way. */
class UnusableTenantsTest {

    private static final String ONE_TABLE = "mappings: { thing: { table: thing, tenant: tenant, key: id } }\n";

    private static SyncScenario scenario() {
        return SyncScenario.of("""
                ALTER TABLE tenancy ALTER id TYPE text;
                CREATE TABLE team (id int PRIMARY KEY, name text);
                CREATE TABLE thing (tenant text, id int PRIMARY KEY, v text, team int);
                INSERT INTO team VALUES (1, 'red');
                INSERT INTO thing VALUES ('1', 1, 'a', 1), ('2', 2, 'b', 1);
                """, ONE_TABLE);
    }

    private static Status status(SyncScenario scenario) throws SQLException {
        try (Connection source = scenario.source().connect()) {
            return new StatusReader(source).read(new StatusQuery(null, 1, 100));
        }
    }

    @Test
    void an_id_longer_than_an_index_entry_stops_nobody_and_is_reported() throws SQLException {
        try (SyncScenario scenario = scenario()) {
            scenario.mappings("""
                    mappings:
                      thing:
                        table: thing
                        tenant: tenant
                        key: id
                        select: SELECT r.*, t.name FROM thing r JOIN team t ON t.id = r.team
                        depends_on: [{ table: team, key: { team: id } }]
                    """);
            scenario.install();
            SyncRuntime runtime = scenario.run();
            Rows things = Rows.of(scenario.target(), "SELECT id, v, name FROM thing ORDER BY 1");
            things.become("1|a|red");

            // Random, for what can be compressed fits.
            scenario.source()
                    .execute(
                            "INSERT INTO thing SELECT string_agg(md5(random()::text), ''), 100, 'x', 1 FROM"
                                    + " generate_series(1, 100)",
                            "INSERT INTO thing VALUES (repeat('z', 1000000), 101, 'x', 1), (repeat('k', 1000), 102,"
                                    + " 'x', 1)",
                            "UPDATE thing SET v = 'c' WHERE id = 1",
                            "UPDATE team SET name = 'blue'");
            things.become("1|c|blue");
            assertThat(status(scenario).sequencer().refusedTenants())
                    .singleElement()
                    .satisfies(refused -> {
                        assertThat(refused.table()).isEqualTo("thing");
                        assertThat(refused.bytes()).isEqualTo(1_000_000);
                        assertThat(refused.changes()).isEqualTo(2);
                        assertThat(refused.beginning()).hasSize(60);
                    });
            Rows.of(scenario.source(), "SELECT DISTINCT length(tenant) FROM tideline.ledger_1 ORDER BY 1")
                    .become("1", "1000");

            runtime.close();
            scenario.run();
            scenario.source().execute("UPDATE thing SET v = 'd' WHERE id IN (1, 100)");
            things.become("1|d|blue");

            scenario.source().execute("UPDATE thing SET tenant = '1' WHERE id = 100");
            things.become("1|d|blue", "100|d|blue");
            scenario.install();
            assertThat(status(scenario).sequencer().refusedTenants()).isEmpty();
        }
    }

    @Test
    void rows_of_the_table_of_external_databases_that_name_none_stop_nobody_and_are_reported() throws SQLException {
        try (SyncScenario scenario = scenario()) {
            String url = scenario.target().url();
            scenario.source()
                    .execute(
                            "CREATE TABLE external_database (tenant text, name text, url text, enabled boolean)",
                            "INSERT INTO external_database VALUES ('1', 'main', '" + url + "', true),"
                                    + " ('2', 'main', NULL, true), (NULL, 'x', '" + url + "', true), ('2', NULL, '"
                                    + url
                                    + "', true), ('2', '', 'u', true), ('1', 'main', 'z" + url + "', true),"
                                    + " ('2', 'unknown', 'u', NULL), ('2', repeat('n', 201), 'u', true),"
                                    + " (repeat('t', 3000), 'long', 'u', true)");
            scenario.externalTable("external_database");
            scenario.install();
            scenario.run();
            Rows things = Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY 1");
            things.become("1|a");

            scenario.source().execute("TRUNCATE thing; INSERT INTO thing VALUES ('1', 3, 'after')");
            things.become("3|after");

            assertThat(status(scenario).externalDatabases().stream()
                            .filter(target -> target.connection() == null)
                            .map(target -> target.tenant() + "|" + target.name() + "|" + target.error()))
                    .containsExactlyInAnyOrder(
                            "1|main|the tenant has another database of this name, which is used",
                            "2|main|its url is NULL",
                            "null|x|its tenant is NULL",
                            "2|null|its name is NULL",
                            "2||its name is empty",
                            "2|" + "n".repeat(60) + "…|its name has 201 characters, and at most 200 are allowed",
                            "t".repeat(60) + "…|long|the tenant id has 3000 bytes, and at most 1000 are allowed");
            assertThat(status(scenario).totals().failing()).isEqualTo(7);

            TestDatabase second = scenario.addTarget("2", "main");
            scenario.source()
                    .execute(
                            "INSERT INTO thing VALUES ('2', 4, 'second')",
                            "UPDATE external_database SET url = '" + second.url()
                                    + "' WHERE tenant = '2' AND url IS NULL");
            Rows.of(second, "SELECT id, v FROM thing ORDER BY 1").become("4|second");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RENAME TO elsewhere, ALTER TABLE elsewhere RENAME TO external_database",
        "RENAME url TO uri, ALTER TABLE external_database RENAME uri TO url"
    })
    void a_table_of_external_databases_that_cannot_be_read_stops_nobody_and_is_reported(String change, String back)
            throws SQLException {
        try (SyncScenario scenario = scenario()) {
            scenario.source()
                    .execute(
                            "CREATE TABLE external_database (tenant text, name text, url text, enabled boolean)",
                            "INSERT INTO external_database VALUES ('1', 'main', '"
                                    + scenario.target().url() + "', true)");
            scenario.externalTable("external_database");
            scenario.install();
            scenario.run();
            Rows things = Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY 1");
            things.become("1|a");

            scenario.source().execute("ALTER TABLE external_database " + change, "UPDATE thing SET v = 'b'");
            things.become("1|b");
            assertThat(status(scenario).trouble())
                    .anyMatch(trouble -> trouble.startsWith("changes of table external_database are not followed: "));

            scenario.source().execute(back);
            TestDatabase second = scenario.addTarget("2", "main");
            scenario.source()
                    .execute("INSERT INTO external_database VALUES ('2', 'main', '" + second.url() + "', true)");
            Rows.of(second, "SELECT id, v FROM thing ORDER BY 1").become("2|b");
            assertThat(status(scenario).trouble()).isEmpty();
        }
    }

    @Test
    void ids_compare_byte_by_byte_whatever_the_collation_of_their_columns() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
                ALTER TABLE tenancy ALTER id TYPE text COLLATE folding;
                INSERT INTO tenancy VALUES ('Acme');
                CREATE TABLE thing (tenant text COLLATE folding, id int PRIMARY KEY, v text);
                CREATE INDEX ON thing (tenant);
                INSERT INTO thing VALUES ('Acme', 1, 'ours'), ('ACME', 2, 'another text');
                """, ONE_TABLE)) {
            scenario.moveTarget("Acme");
            scenario.install();
            scenario.run();
            Rows things = Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY 1");
            things.become("1|ours");
            scenario.source().execute("UPDATE thing SET v = v || '!'");
            things.become("1|ours!");
            scenario.source().execute("UPDATE thing SET tenant = 'Acme'");
            things.become("1|ours!", "2|another text!");
            assertThat(Rows.of(scenario.source(), "SELECT DISTINCT tenant FROM tideline.row_state WHERE NOT deleted")
                            .now())
                    .containsExactly("Acme");
        }
    }
}
