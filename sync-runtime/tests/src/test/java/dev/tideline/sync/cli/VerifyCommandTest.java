package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresFixture.class)
class VerifyCommandTest {

    @TempDir
    private Path directory;

    private record Result(int code, String out, String err) {}

    @Test
    void equal_sides_are_verified(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source, target);

        assertThat(verify(source, target.url()))
                .isEqualTo(new Result(0, "1/main users: 2 rows, all the same\nverified: every row is the same.\n", ""));
    }

    @Test
    void rows_that_differ_are_named_and_the_exit_code_is_three(TestDatabase source, TestDatabase target)
            throws IOException {
        prepare(source, target);
        target.execute("UPDATE users SET name = 'Adam' WHERE id = 1", "DELETE FROM users WHERE id = 2");

        Result result = verify(source, target.url());

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err()).isEmpty();
        assertThat(result.out().lines())
                .startsWith("1/main users: 2 rows differ (source 2, target 1): 1 missing, 0 extra, 1 different,"
                        + " 0 unsettled")
                .contains("  different 1: name", "  missing 2")
                .hasSize(3);
    }

    @Test
    void differences_as_json(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source, target);
        target.execute("UPDATE users SET name = 'Adam' WHERE id = 1");

        Result result = verify(source, target.url(), "--json");

        assertThat(result).isEqualTo(new Result(3, """
                                {
                                  "equal" : false,
                                  "comparisons" : [ {
                                    "tenant" : "1",
                                    "target" : "main",
                                    "mapping" : "users",
                                    "equal" : false,
                                    "source_rows" : 2,
                                    "target_rows" : 2,
                                    "missing" : 0,
                                    "extra" : 0,
                                    "different" : 1,
                                    "parked" : 0,
                                    "unsettled" : 0,
                                    "columns" : {
                                      "name" : 1
                                    },
                                    "rows" : [ {
                                      "kind" : "different",
                                      "key" : [ "1" ],
                                      "columns" : [ "name" ]
                                    } ]
                                  } ]
                                }
                                """, ""));
    }

    @Test
    void a_repair_ends_with_equal_sides(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source, target);
        target.execute("UPDATE users SET name = 'Adam' WHERE id = 1", "INSERT INTO users VALUES (7, 1, 'Eve')");

        Result result = verify(source, target.url(), "--repair");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .contains(
                        "1/main users: 2 rows repaired; now 2 rows, all the same", "verified: every row is the same.");
        assertThat(verify(source, target.url()).code()).isZero();
    }

    @Test
    void a_target_that_cannot_be_reached_is_a_failure_and_never_equal(TestDatabase source, TestDatabase target)
            throws IOException {
        prepare(source, target);

        Result result = verify(source, target.url("nobody", "secret-word"));

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .as("in the words of check")
                .isEqualTo("1/main users: the target failed while connecting: the server at 127.0.0.1:" + target.port()
                        + " does not accept the password of user \"nobody\". Correct the password in the address; there"
                        + " write characters such as @ / ? # as %40 %2F %3F %23. Whether the rows are equal is not known;"
                        + " run verify again once the target answers.\n");
    }

    @Test
    void a_tenant_or_a_mapping_that_is_none_is_bad_usage(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source, target);

        assertThat(verify(source, target.url(), "--tenant", "9", "--mapping", "user"))
                .isEqualTo(new Result(2, "", """
                                There is no tenant "9". Did you mean "1"?
                                There is no mapping "user". Did you mean "users"?
                                """));
    }

    private void prepare(TestDatabase source, TestDatabase target) throws IOException {
        source.execute(
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "INSERT INTO tenancy VALUES (1), (2)",
                "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, name text)",
                "INSERT INTO people VALUES (1, 1, 'Ada'), (2, 1, 'Bob'), (3, 2, 'Eve')");
        assertThat(tideline(source, target.url(), "install").err()).isEmpty();
        assertThat(tideline(source, target.url(), "sync", "1").err()).isEmpty();
    }

    private Result verify(TestDatabase source, String target, String... more) throws IOException {
        return tideline(
                source,
                target,
                Stream.concat(Stream.of("verify"), Stream.of(more)).toArray(String[]::new));
    }

    private Result tideline(TestDatabase source, String target, String... command) throws IOException {
        Path file = directory.resolve("tideline.yaml");
        Files.writeString(file, """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings: { users: { table: people, tenant: tenant_id, key: id } }
                external_databases: { list: [ { tenant: 1, name: main, url: "%s" } ] }
                """.formatted(source.url(), target));
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--config", file.toString(), "--log-level", "error"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tideline.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}
