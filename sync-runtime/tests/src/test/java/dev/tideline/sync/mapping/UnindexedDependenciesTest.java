package dev.tideline.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies whose root rows no index finds; every warning is compared whole. */
@ExtendWith(PostgresFixture.class)
class UnindexedDependenciesTest {

    private static List<String> warnings(TestDatabase source) {
        try (Connection connection = source.connect()) {
            SyncPlan plan = ResolvedPlan.of(source, """
                    m:
                      table: people
                      tenant: tenant_id
                      key: [id]
                      depends_on: [{ table: team, key: { tenant_id: tenant_id, team: id } }]
                    """);
            return UnindexedDependencies.of(plan, connection).stream()
                    .map(Problem::message)
                    .map(message -> message.replaceAll("^\\S*tideline\\.yaml:\\d+:\\d+", "tideline.yaml"))
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, PostgresFixture.NEWEST})
    void a_large_table_that_is_joined_without_an_index_is_named_with_the_index_to_make(int major) {
        try (TestDatabase source = PostgresFixture.database(major)) {
            ResolvedPlan.prepare(
                    source,
                    "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, team int)",
                    "CREATE TABLE team (tenant_id int, id int, PRIMARY KEY (tenant_id, id))");
            assertThat(warnings(source)).as("an empty table").isEmpty();

            source.execute("INSERT INTO people SELECT i, 1, i FROM generate_series(1, 40000) i");
            assertThat(warnings(source))
                    .containsExactly(
                            "tideline.yaml mappings.m.depends_on[0]: no index of people finds the rows that a change of"
                                    + " team makes stale: each change reads all of people, and every tenant's changes wait"
                                    + " for that. CREATE INDEX CONCURRENTLY ON \"public\".\"people\" (\"tenant_id\", \"team\")");

            source.execute("CREATE INDEX ON people (team, id)");
            assertThat(warnings(source)).as("an index for something else").hasSize(1);
            source.execute("CREATE INDEX ON people (tenant_id)");
            assertThat(warnings(source)).as("an index of fewer columns").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, PostgresFixture.NEWEST})
    void an_index_of_a_partitioned_table_counts_in_any_order_and_with_more_columns(int major) {
        try (TestDatabase source = PostgresFixture.database(major)) {
            ResolvedPlan.prepare(
                    source,
                    "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, team int) PARTITION BY HASH (id)",
                    "CREATE TABLE people_all PARTITION OF people FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                    "CREATE TABLE team (tenant_id int, id int, PRIMARY KEY (tenant_id, id))",
                    "INSERT INTO people SELECT i, 1, i FROM generate_series(1, 40000) i");
            assertThat(warnings(source)).hasSize(1);

            source.execute("CREATE INDEX ON people (team, tenant_id, id)");
            assertThat(warnings(source)).isEmpty();
        }
    }
}
