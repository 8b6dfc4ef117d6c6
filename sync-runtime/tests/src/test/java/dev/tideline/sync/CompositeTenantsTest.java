package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.event.SyncListener;
import org.junit.jupiter.api.Test;

/** Tenants with more than one key column, and ids that look like one another. */
class CompositeTenantsTest {

    private static SyncScenario scenario(String values) {
        SyncScenario scenario = SyncScenario.of("""
                DROP TABLE tenancy;
                CREATE TABLE tenancy (region text, code text, PRIMARY KEY (region, code));
                CREATE TABLE team (region text, code text, team int, label text, PRIMARY KEY (region, code, team));
                CREATE TABLE member (region text, code text, id int, team int, secret text,
                    PRIMARY KEY (region, code, id));
                INSERT INTO tenancy VALUES %1$s;
                INSERT INTO team SELECT region, code, 1, 'red' FROM tenancy;
                INSERT INTO member SELECT region, code, i, 1, region || '+' || code FROM tenancy, generate_series(1, 2) i;
                """.formatted(values), """
                mappings:
                  members:
                    table: member
                    tenant: [region, code]
                    key: [region, code, id]
                    select: |
                      SELECT r.*, t.label FROM member r JOIN team t USING (region, code, team)
                    depends_on: [{ table: team, key: { region: region, code: code, team: team } }]
                """);
        scenario.tenants("{ table: tenancy, key: [region, code] }");
        return scenario;
    }

    private static Rows secrets(TestDatabase target) {
        return Rows.of(target, "SELECT secret, label, count(*) FROM members GROUP BY 1, 2 ORDER BY 1, 2");
    }

    @Test
    void keys_that_give_the_same_text_when_they_are_joined_are_two_tenants() {
        try (SyncScenario scenario = scenario("('a/b', 'c'), ('a', 'b/c')")) {
            scenario.moveTarget("a%2Fb/c");
            TestDatabase other = scenario.addTarget("a/b%2Fc", "main");
            scenario.install();
            scenario.run();
            secrets(scenario.target()).become("a/b+c|red|2");
            secrets(other).become("a+b/c|red|2");

            scenario.source()
                    .execute(
                            "UPDATE member SET secret = secret || '!' WHERE region = 'a'",
                            "UPDATE team SET label = 'blue' WHERE region = 'a/b'",
                            "DELETE FROM member WHERE id = 2");
            secrets(scenario.target()).become("a/b+c|blue|1");
            secrets(other).become("a+b/c!|red|1");
            assertThat(Rows.of(
                                    scenario.source(),
                                    "SELECT tenant, count(*) FROM tideline.row_state WHERE NOT deleted GROUP BY 1 ORDER BY 1")
                            .now())
                    .containsExactly("a%2Fb/c|1", "a/b%2Fc|1");
        }
    }

    @Test
    void empty_texts_and_odd_characters_belong_to_their_own_tenant_and_null_to_none() {
        try (SyncScenario scenario = scenario("('', 'x/'), ('x', ''), (E'\\x1b[31m\\n', '%2F')")) {
            scenario.source()
                    .execute(
                            "ALTER TABLE member DROP CONSTRAINT member_pkey, ALTER region DROP NOT NULL,"
                                    + " ADD serial int GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                            "INSERT INTO member (region, code, id, team, secret) VALUES (NULL, 'x', 9, 1, 'nobody')");
            scenario.mappings(scenario.mappings().replace("key: [region, code, id]", "key: serial"));
            scenario.moveTarget("/x%2F");
            TestDatabase second = scenario.addTarget("x/", "main");
            TestDatabase third = scenario.addTarget("\\e[31m\\n/%252F", "main");
            scenario.install();
            scenario.run();
            secrets(scenario.target()).become("+x/|red|2");
            secrets(second).become("x+|red|2");
            Rows.of(third, "SELECT count(*) FROM members").become("2");
        }
    }

    @Test
    void a_collation_that_takes_two_texts_for_one_keeps_their_tenants_apart() {
        try (SyncScenario scenario = scenario("('Ä/', 'x'), ('b', 'X')")) {
            scenario.source()
                    .execute(
                            "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
                            "ALTER TABLE tenancy ALTER region TYPE text COLLATE loose, ALTER code TYPE text COLLATE loose",
                            "ALTER TABLE member ALTER region TYPE text COLLATE loose, ALTER code TYPE text COLLATE loose",
                            "INSERT INTO member VALUES ('a/', 'x', 3, 1, 'of a tenant that is not listed')");
            scenario.moveTarget("Ä%2F/x");
            TestDatabase other = scenario.addTarget("b/X", "main");
            scenario.install();
            scenario.run();
            secrets(scenario.target()).become("Ä/+x|red|2");
            secrets(other).become("b+X|red|2");
            scenario.source().execute("UPDATE member SET secret = secret || '!', region = lower(region) WHERE id = 1");
            secrets(scenario.target()).become("Ä/+x|red|1");
            secrets(other).become("b+X|red|1", "b+X!|red|1");
        }
    }

    @Test
    void sync_pause_and_resume_take_the_id_as_it_is_shown() {
        try (SyncScenario scenario = scenario("('a/b', 'c'), ('a', 'b')")) {
            scenario.moveTargets("a/b", "c", scenario.target().url());
            TestDatabase other = scenario.addTarget("a%2Fb/c", "main");
            scenario.install();
            assertThat(TenantSync.run(scenario.config(), "a%2Fb/c", SyncListener.NONE)
                            .failures())
                    .isEmpty();
            secrets(other).become("a/b+c|red|2");
            assertThatThrownBy(() -> TenantSync.run(scenario.config(), "a/b/c", SyncListener.NONE))
                    .isInstanceOf(UnknownNameException.class)
                    .hasMessageStartingWith("there is no tenant \"a/b/c\" in the table tenancy (region, code)");
        }
    }

    @Test
    void a_name_with_a_slash_is_paused_without_pausing_another_tenants() throws Exception {
        try (SyncScenario scenario =
                SyncScenario.of("""
                ALTER TABLE tenancy ALTER id TYPE text;
                INSERT INTO tenancy VALUES ('a'), ('a/b');
                CREATE TABLE thing (tenant text, id int PRIMARY KEY);
                INSERT INTO thing VALUES ('a', 1), ('a/b', 2);
                """, "mappings: { thing: { table: thing, tenant: tenant, key: id } }\n")) {
            scenario.moveTargets("a", "b/c", scenario.target().url());
            TestDatabase other = scenario.addTarget("a/b", "c");
            scenario.install();
            try (java.sql.Connection source = scenario.source().connect()) {
                new Fusebox(source).setTarget("a/b%2Fc", false);
            }
            scenario.run();
            Rows.of(other, "SELECT id FROM thing").become("2");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                    .become("0");
            assertThat(TenantSync.run(scenario.config(), "a", SyncListener.NONE).paused())
                    .extracting(target -> target.name())
                    .containsExactly("b/c");
            try (java.sql.Connection source = scenario.source().connect()) {
                new Fusebox(source).setTarget("a/b%2Fc", true);
            }
            Rows.of(scenario.target(), "SELECT id FROM thing").become("1");
        }
    }

    @Test
    void an_id_of_an_earlier_version_is_refused_with_the_one_to_write() {
        try (SyncScenario scenario = scenario("('100%', 'x')")) {
            scenario.moveTarget("100%/x");
            assertThatThrownBy(scenario::config)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("external_databases.list[0].tenant")
                    .hasMessageContaining("Did you mean \"100%25/x\"?");
        }
    }

    @Test
    void ids_that_an_earlier_version_took_for_one_tenants_are_kept_apart_by_the_targets_metadata() {
        try (SyncScenario scenario = scenario("('a/b', 'c')")) {
            scenario.moveTarget("a%2Fb/c");
            scenario.install();
            SyncRuntime runtime = scenario.run();
            secrets(scenario.target()).become("a/b+c|red|2");
            runtime.close();
            scenario.target().execute("UPDATE tideline_sync_metadata SET tenant = 'a/b/c'");
            scenario.run();
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%has the rows of tenant a/b/c%drop tideline_sync_metadata%'"
                                    + " FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("t");
        }
    }
}
