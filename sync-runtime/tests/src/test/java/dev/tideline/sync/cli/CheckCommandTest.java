package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of a source that answers, and of its external databases. */
@ExtendWith(PostgresFixture.class)
class CheckCommandTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final ClosedPort closed = new ClosedPort();

    private CheckedSource checks;

    @BeforeEach
    void nameTheFolder() {
        checks = new CheckedSource(folder);
    }

    @Test
    void prints_what_will_be_tracked_and_needs_no_install(TestDatabase source, TestDatabase target) {
        CheckedSource.prepare(source);

        Outcome result = checks.check(CheckedSource.yaml(
                source.url(), "{ list: [ { tenant: 1, name: main, url: \"" + target.url() + "\" } ] }"));

        assertThat(result.err()).isEmpty();
        assertThat(result.out().replaceAll("Postgres 18[.0-9]*", "Postgres 18"))
                .isEqualTo("""
                        source         postgres://postgres@127.0.0.1:%d/%s, Postgres 18
                        tenants        tenancy (id)
                        mapping users
                          table        people -> users
                          tenant       tenant_id
                          key          id
                          columns      id integer, tenant_id integer, name character varying(20)
                          where        r.id > 0
                          depends on   mail (id = person)
                        external databases
                          1/main       postgres://postgres@127.0.0.1:%d/%s  ok
                        The configuration fits the source.
                        """.formatted(source.port(), source.name(), target.port(), target.name()));
        assertThat(result.code()).isZero();
        assertThat(source.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'tideline'"))
                .isEqualTo("0");
    }

    @Test
    void a_faulty_target_is_a_warning_and_exit_0(TestDatabase source, TestDatabase target) {
        CheckedSource.prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "DROP ROLE IF EXISTS weak",
                        "CREATE ROLE weak LOGIN PASSWORD 'weak'",
                        "INSERT INTO ext VALUES (1, 'a', 'mysql://x:hunter2@y/z', true)",
                        "INSERT INTO ext VALUES (1, 'b', 'postgres://u:hunter2@127.0.0.1:" + closed.number()
                                + "/d', true)",
                        "INSERT INTO ext VALUES (2, 'c', '" + target.url("weak", "weak") + "', true)",
                        "INSERT INTO ext VALUES (3, 'd', '" + target.url() + "?currentSchema=three', true)",
                        "INSERT INTO ext VALUES (2, 'e', NULL, false)");
        Outcome result = checks.check(CheckedSource.yaml(source.url(), "{ table: ext }"));

        assertThat(result.err()).isEqualTo("""
                        warning: tideline.yaml:10:23 external_databases.table: there is no tenant "3" in the source, but it has an external database
                        warning: tideline.yaml:10:23 external_databases.table: 1/a: the address does not begin with postgres:// or postgresql:// but mysql://. Write postgres://user:password@host:port/database?sslmode=require.
                        warning: tideline.yaml:10:23 external_databases.table: 1/b: nothing accepts connections at 127.0.0.1:%d. Start Postgres there, or correct host and port.
                        warning: tideline.yaml:10:23 external_databases.table: 2/c: the role weak may not create tables in the schema public. Run there: GRANT CREATE ON SCHEMA "public" TO "weak";
                        """.formatted(closed.number()));
        assertThat(result.out())
                .contains("3/d")
                .doesNotContain("hunter2", "2/e")
                .endsWith("The configuration fits the source. 3 of 4 external databases have warnings, see above."
                        + "\n");
        assertThat(result.code()).isZero();
    }

    @Test
    void columns_of_the_table_of_external_databases_that_are_ignored_draw_a_warning(TestDatabase source) {
        CheckedSource.prepare(source)
                .execute("CREATE TABLE ext (tenant int, name text, url text, enabled bool, mappings text[],"
                        + " ca_certificate text)");
        assertThat(checks.check(CheckedSource.yaml(source.url(), "{ table: ext }"))
                        .err())
                .isEqualTo("""
                        warning: tideline.yaml:10:23 external_databases.table: this version ignores the column "ca_certificate" of ext: certificates are verified with Java's trust store
                        warning: tideline.yaml:10:23 external_databases.table: this version ignores the column "mappings" of ext: every external database gets every mapping
                        warning: tideline.yaml:10:1 external_databases: there is no enabled external database, so nothing will be synced yet
                        """);
    }

    @Test
    void a_table_of_the_targets_own_is_found_before_anything_is_installed(TestDatabase source, TestDatabase target) {
        CheckedSource.prepare(source);
        target.execute(
                "CREATE TABLE users (id int PRIMARY KEY, tenant_id int, name varchar(20))",
                "INSERT INTO users VALUES (9)");
        String yaml = CheckedSource.yaml(
                source.url(), "{ list: [ { tenant: 1, name: main, url: \"" + target.url() + "\" } ] }");
        String warning =
                "tideline.yaml:10:31 external_databases.list[0]: 1/main: mapping users: table users does not fit the"
                        + " mapping: it has rows that Tideline did not write, which the mapping's rows would replace."
                        + " Empty, rename or drop the table, or give the mapping another target";

        Outcome checked = checks.check(yaml);

        assertThat(checked.err()).isEqualTo("warning: " + warning + "\n");
        assertThat(checked.out())
                .endsWith(
                        "The configuration fits the source. 1 of 1 external database has warnings, see above." + "\n");
        assertThat(checked.code()).isZero();

        Outcome installed = new TidelineTool(folder).run(yaml, "install");

        assertThat(installed.err()).isEqualTo("warning: " + warning + "\n");
        assertThat(installed.code()).isZero();
    }

    @Test
    void as_json(TestDatabase source, TestDatabase target) {
        CheckedSource.prepare(source);
        String list =
                "{ list: [ { tenant: 1, name: main, url: \"" + target.url() + "\" }, { tenant: 2, name: gone, url:"
                        + " \"postgres://u:hunter2@127.0.0.1:" + closed.number() + "/d\" } ] }";

        Outcome good = checks.check(CheckedSource.yaml(source.url(), list), "--json");

        String warning = """
                {
                      "file" : "tideline.yaml",
                      "line" : 10,
                      "column" : %d,
                      "path" : "external_databases.list[1]",
                      "what" : "2/gone: nothing accepts connections at 127.0.0.1:%d. Start Postgres there, or correct host and port.",
                      "hint" : ""
                    }""".formatted(("external_databases: " + list).indexOf("{ tenant: 2") + 1, closed.number());
        assertThat(good.out()).isEqualTo("""
                {
                  "problems" : [ ],
                  "warnings" : [ %s ],
                  "targets" : [ {
                    "tenant" : "1",
                    "name" : "main",
                    "address" : "postgres://postgres@127.0.0.1:%d/%s",
                    "ok" : true,
                    "warnings" : [ ]
                  }, {
                    "tenant" : "2",
                    "name" : "gone",
                    "address" : "postgres://u@127.0.0.1:%d/d",
                    "ok" : false,
                    "warnings" : [ %s ]
                  } ]
                }
                """.formatted(
                        warning.replace("\n  ", "\n"), target.port(), target.name(), closed.number(), warning));
        assertThat(good.err()).isEmpty();
        assertThat(good.code()).isZero();

        Outcome bad =
                checks.check(CheckedSource.yaml(source.url(), list).replace("id: person", "idd: person"), "--json");

        assertThat(bad.out()).isEqualTo("""
                {
                  "problems" : [ {
                    "file" : "tideline.yaml",
                    "line" : 9,
                    "column" : 34,
                    "path" : "mappings.users.depends_on[0].key",
                    "what" : "there is no column \\"idd\\" in people",
                    "hint" : "Did you mean \\"id\\"?"
                  } ],
                  "warnings" : [ ],
                  "targets" : [ ]
                }
                """);
        assertThat(bad.err()).isEmpty();
        assertThat(bad.code()).isEqualTo(2);
    }
}
