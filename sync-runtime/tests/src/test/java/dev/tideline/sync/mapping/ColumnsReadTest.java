package dev.tideline.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresFixture.class)
class ColumnsReadTest {

    private static final String[] TABLES = {
        "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, team int)",
        "CREATE TABLE team (id int PRIMARY KEY, name text, visits int, \"Odd \"\"name\" text)",
        "CREATE TABLE made (id int PRIMARY KEY, first text, whole text GENERATED ALWAYS AS (first || '!') STORED)",
        "CREATE TABLE hidden (id int PRIMARY KEY, name text, owner text)",
        "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
        "CREATE VIEW team_view AS SELECT id, name FROM team",
        "CREATE FUNCTION name_of(wanted int) RETURNS text LANGUAGE sql AS 'SELECT name FROM team WHERE id = wanted'",
    };

    private static Optional<List<String>> read(TestDatabase source, String table, String select) {
        try (Connection connection = source.connect()) {
            SyncPlan plan = ResolvedPlan.of(
                    source, "m:\n  table: people\n  tenant: tenant_id\n  key: [id]\n  select: |\n    " + select + "\n");
            return new ColumnsRead(connection).of(plan.mappings().get(0), new TableName("public", table));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, PostgresFixture.NEWEST})
    void the_columns_that_a_select_reads_are_known_where_nothing_else_can_matter(int major) {
        try (TestDatabase source = PostgresFixture.database(major)) {
            ResolvedPlan.prepare(source, TABLES);

            assertThat(read(source, "team", "SELECT r.*, t.name FROM people r JOIN team t ON t.id = r.team"))
                    .contains(List.of("id", "name"));
            assertThat(read(
                            source,
                            "team",
                            "SELECT r.id, (SELECT t.\"Odd \"\"name\" FROM team t WHERE t.id = r.team AND t.visits > 1)"
                                    + " AS odd FROM people r"))
                    .contains(List.of("Odd \"name", "id", "visits"));
            assertThat(read(source, "team", "SELECT r.id, t.* FROM people r LEFT JOIN team t(team) USING (team)"))
                    .contains(List.of("Odd \"name", "id", "name", "visits"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, PostgresFixture.NEWEST})
    void any_column_may_matter_to_a_select_that_says_less_than_it_reads(int major) {
        try (TestDatabase source = PostgresFixture.database(major)) {
            ResolvedPlan.prepare(source, TABLES);
            String join = " FROM people r JOIN team t ON t.id = r.team";

            assertThat(read(source, "team", "SELECT r.id, to_jsonb(t) AS team" + join))
                    .as("a whole row")
                    .isEmpty();
            assertThat(read(source, "team", "SELECT r.id, t.xmin::text AS version" + join))
                    .as("a system column")
                    .isEmpty();
            assertThat(read(source, "team", "SELECT r.id, t.id AS team, name_of(t.id) AS name" + join))
                    .as("a function")
                    .isEmpty();
            assertThat(read(
                            source,
                            "team",
                            "SELECT r.id, t.id AS team, query_to_xml('TABLE team', true, true, '')::text AS all_of_it"
                                    + join))
                    .as("a query as text")
                    .isEmpty();
            assertThat(read(
                            source,
                            "team",
                            "SELECT r.id, t.id AS team, v.name" + join + " JOIN team_view v ON v.id = t.id"))
                    .as("a view")
                    .isEmpty();
            assertThat(read(source, "made", "SELECT r.id, t.whole FROM people r JOIN made t ON t.id = r.team"))
                    .as("a generated column")
                    .isEmpty();
            assertThat(read(source, "hidden", "SELECT r.id, t.name FROM people r JOIN hidden t ON t.id = r.team"))
                    .as("row-level security")
                    .isEmpty();
            assertThat(read(source, "team", "SELECT r.id FROM people r"))
                    .as("nothing is read")
                    .isEmpty();
        }
    }
}
