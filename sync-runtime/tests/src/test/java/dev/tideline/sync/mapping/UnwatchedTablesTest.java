package dev.tideline.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.Problem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that a mapping reads and nobody watches; every warning is compared whole. */
@ExtendWith(PostgresFixture.class)
class UnwatchedTablesTest {

    private static final String[] TABLES = {
        "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, name text)",
        "CREATE TABLE mail (person int, address text, main boolean)",
        "CREATE TABLE role (person int, name text) PARTITION BY LIST (name)",
        "CREATE TABLE role_of_all PARTITION OF role DEFAULT",
        "CREATE VIEW main_mail AS SELECT person, address FROM mail WHERE main",
        "CREATE VIEW contact AS SELECT person, address FROM main_mail",
        "CREATE MATERIALIZED VIEW mail_count AS SELECT person, count(*) AS n FROM mail GROUP BY 1",
    };

    private static final String ADD_MAIL =
            " Add to depends_on: - { table: mail, key: { <column of people>: <column of mail> } }."
                    + " A table that never changes may be left out.";

    private static List<String> warnings(TestDatabase source, String rest) {
        try (Connection connection = source.connect()) {
            List<String> warnings = warnings(source, connection, rest);
            assertThat(connection.getAutoCommit()).isTrue();
            return warnings;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> warnings(TestDatabase source, Connection connection, String rest) throws SQLException {
        SyncPlan plan =
                ResolvedPlan.of(source, "m:\n  table: people\n  tenant: tenant_id\n  key: [id]\n" + rest.indent(2));
        return UnwatchedTables.of(plan, connection).stream()
                .map(Problem::message)
                .map(message -> message.replaceAll("^\\S*tideline\\.yaml", "tideline.yaml"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {13, PostgresFixture.NEWEST})
    void a_table_of_the_select_is_named_with_its_columns_and_what_to_add(int major) {
        try (TestDatabase source = PostgresFixture.database(major)) {
            ResolvedPlan.prepare(source, TABLES);

            assertThat(warnings(source, """
                            select: |
                              SELECT r.id, (SELECT c.address FROM mail c WHERE c.person = r.id AND c.main) AS mail
                              FROM people r
                            """))
                    .containsExactly(
                            "tideline.yaml:9:5 mappings.m.select: this reads mail (address, main, person), which"
                                    + " is not in depends_on: when it changes, the rows of mapping m that are made from it go"
                                    + " stale." + ADD_MAIL);
            assertThat(source.rows("SELECT relname FROM pg_class WHERE relname = 'tideline_reads'"))
                    .as("nothing stays")
                    .isEmpty();
        }
    }

    @Test
    void the_root_and_what_depends_on_names_are_no_cause_for_a_warning(TestDatabase source) {
        ResolvedPlan.prepare(source, TABLES);

        assertThat(warnings(source, """
                        select: |
                          SELECT r.id, (SELECT count(*) FROM people p) AS people, (SELECT min(address) FROM mail) AS mail
                          FROM people r
                        where: EXISTS (SELECT 1 FROM mail c WHERE c.person = r.id)
                        depends_on: [ { table: mail, key: { id: person } } ]
                        """)).isEmpty();
    }

    @Test
    void a_table_is_found_through_views_on_views(TestDatabase source) {
        ResolvedPlan.prepare(source, TABLES);

        assertThat(warnings(source, """
                        select: SELECT r.id, c.address FROM people r LEFT JOIN contact c ON c.person = r.id
                        """))
                .containsExactly(
                        "tideline.yaml:9:5 mappings.m.select: this reads mail (address, main, person), which is"
                                + " not in depends_on: when it changes, the rows of mapping m that are made from it go stale."
                                + ADD_MAIL);
    }

    @Test
    void a_table_of_the_where_is_named_and_one_of_both_once(TestDatabase source) {
        ResolvedPlan.prepare(source, TABLES);
        String where = "where: EXISTS (SELECT 1 FROM mail c WHERE c.person = r.id)\n";

        assertThat(warnings(source, where))
                .containsExactly("tideline.yaml:9:5 mappings.m.where: this reads mail (person), which is not in"
                        + " depends_on: when it changes, the rows of mapping m that are made from it go stale."
                        + ADD_MAIL);
        assertThat(warnings(
                        source, where + "select: SELECT r.id, (SELECT min(address) FROM mail) AS a FROM people r\n"))
                .singleElement()
                .asString()
                .startsWith("tideline.yaml:10:5 mappings.m.select: this reads mail (address)");
    }

    @Test
    void a_materialized_view_is_named_as_what_cannot_be_watched(TestDatabase source) {
        ResolvedPlan.prepare(source, TABLES);

        assertThat(warnings(
                        source, "select: SELECT r.id, c.n FROM people r LEFT JOIN mail_count c ON c.person = r.id\n"))
                .containsExactly("tideline.yaml:9:5 mappings.m.select: this reads mail_count, whose changes cannot be"
                        + " captured, because it is a materialized view: when it changes, the rows of mapping m that are"
                        + " made from it go stale. Read the tables that it is made from, and name them in depends_on.");
    }

    @Test
    void a_partition_of_a_watched_table_is_watched(TestDatabase source) {
        ResolvedPlan.prepare(source, TABLES);

        assertThat(warnings(source, """
                        select: SELECT r.id, (SELECT min(name) FROM role_of_all) AS role FROM people r
                        depends_on: [ { table: role, key: { id: person } } ]
                        """)).isEmpty();
    }

    @Test
    void a_role_that_may_make_no_view_learns_it_from_the_plan(TestDatabase source) throws SQLException {
        String role = "reader_" + source.name();
        ResolvedPlan.prepare(source, TABLES)
                .execute(
                        "REVOKE TEMPORARY ON DATABASE " + source.name() + " FROM PUBLIC",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO " + role);
        String jdbc = "jdbc:postgresql://127.0.0.1:" + source.port() + "/" + source.name();
        try (Connection reader = DriverManager.getConnection(jdbc, role, "x")) {
            assertThat(warnings(source, reader, """
                            select: SELECT r.id, c.address, x.name FROM people r
                                    LEFT JOIN contact c ON c.person = r.id LEFT JOIN role x ON x.person = r.id
                            """))
                    .containsExactly(
                            "tideline.yaml:9:5 mappings.m.select: this reads mail, which is not in depends_on: when it"
                                    + " changes, the rows of mapping m that are made from it go stale." + ADD_MAIL,
                            "tideline.yaml:9:5 mappings.m.select: this reads role, which is not in depends_on: when it"
                                    + " changes, the rows of mapping m that are made from it go stale. Add to depends_on:"
                                    + " - { table: role, key: { <column of people>: <column of role> } }."
                                    + " A table that never changes may be left out.");
            assertThat(reader.getAutoCommit()).isTrue();
        } finally {
            source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }
}
