package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresFixture.class)
class CheckCommandTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("tideline.yaml");
    }

    private record Result(int code, String out, String err) {}

    private Result check(String yaml, String... more) throws IOException {
        Files.writeString(file, yaml);
        String[] arguments = new String[more.length + 3];
        arguments[0] = "check";
        arguments[1] = "--config";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return run(arguments);
    }

    private Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tideline.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Result(code, out.toString(), err.toString().replace(directory + "/", ""));
    }

    private static String yaml(String url, String databases) {
        return """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings:
                  users:
                    table: people
                    tenant: tenant_id
                    key: id
                    where: r.id > 0
                    depends_on: [ { table: mail, key: { id: person } } ]
                external_databases: %s
                """.formatted(url, databases);
    }

    private static TestDatabase prepare(TestDatabase source) {
        return source.execute(
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "INSERT INTO tenancy VALUES (1), (2)",
                "CREATE TABLE people (id int PRIMARY KEY, tenant_id int, name varchar(20))",
                "CREATE TABLE mail (person int, address text)");
    }

    @Test
    void prints_what_will_be_tracked_and_needs_no_install(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source);

        Result result =
                check(yaml(source.url(), "{ list: [ { tenant: 1, name: main, url: \"" + target.url() + "\" } ] }"));

        assertThat(result.err()).isEmpty();
        assertThat(result.out().replaceAll("Postgres 18[.0-9]*", "Postgres 18"))
                .isEqualToNormalizingNewlines(
                        """
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
    void a_faulty_target_is_a_warning_and_exit_0(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "DROP ROLE IF EXISTS weak",
                        "CREATE ROLE weak LOGIN PASSWORD 'weak'",
                        "INSERT INTO ext VALUES (1, 'a', 'mysql://x:hunter2@y/z', true)",
                        "INSERT INTO ext VALUES (1, 'b', 'postgres://u:hunter2@127.0.0.1:" + closedPort()
                                + "/d', true)",
                        "INSERT INTO ext VALUES (2, 'c', '" + target.url("weak", "weak") + "', true)",
                        "INSERT INTO ext VALUES (3, 'd', '" + target.url() + "?currentSchema=three', true)",
                        "INSERT INTO ext VALUES (2, 'e', NULL, false)");
        int closed = Integer.parseInt(source.value("SELECT substring(url from ':(\\d+)/d') FROM ext WHERE name = 'b'"));

        Result result = check(yaml(source.url(), "{ table: ext }"));

        assertThat(result.err()).isEqualToNormalizingNewlines("""
                        warning: tideline.yaml:10:23 external_databases.table: there is no tenant "3" in the source, but it has an external database
                        warning: tideline.yaml:10:23 external_databases.table: 1/a: the address does not begin with postgres:// or postgresql:// but mysql://. Write postgres://user:password@host:port/database?sslmode=require.
                        warning: tideline.yaml:10:23 external_databases.table: 1/b: nothing accepts connections at 127.0.0.1:%d. Start Postgres there, or correct host and port.
                        warning: tideline.yaml:10:23 external_databases.table: 2/c: the role weak may not create tables in the schema public. Run there: GRANT CREATE ON SCHEMA "public" TO "weak";
                        """.formatted(closed));
        assertThat(result.out())
                .contains("3/d")
                .doesNotContain("hunter2", "2/e")
                .endsWith("The configuration fits the source. 3 of 4 external databases have warnings, see above."
                        + System.lineSeparator());
        assertThat(result.code()).isZero();
    }

    @Test
    void a_table_of_the_targets_own_is_found_before_anything_is_installed(TestDatabase source, TestDatabase target)
            throws IOException {
        prepare(source);
        target.execute(
                "CREATE TABLE users (id int PRIMARY KEY, tenant_id int, name varchar(20))",
                "INSERT INTO users VALUES (9)");
        String yaml = yaml(source.url(), "{ list: [ { tenant: 1, name: main, url: \"" + target.url() + "\" } ] }");
        String warning =
                "tideline.yaml:10:31 external_databases.list[0]: 1/main: mapping users: table users is there and has"
                        + " rows that Tideline did not bring, which the mapping's would replace. Empty, rename or drop it, or give"
                        + " the mapping another target";

        Result checked = check(yaml);

        assertThat(checked.err()).isEqualToNormalizingNewlines("warning: " + warning + "\n");
        assertThat(checked.out())
                .endsWith("The configuration fits the source. 1 of 1 external database has warnings, see above."
                        + System.lineSeparator());
        assertThat(checked.code()).isZero();

        Result installed = run("install", "--config", file.toString());

        assertThat(installed.err()).isEqualToNormalizingNewlines("warning: " + warning + "\n");
        assertThat(installed.code()).isZero();
    }

    @Test
    void as_json(TestDatabase source, TestDatabase target) throws IOException {
        prepare(source);
        int closed = closedPort();
        String list = "{ list: [ { tenant: 1, name: main, url: \"" + target.url()
                + "\" }, { tenant: 2, name: gone, url:" + " \"postgres://u:hunter2@127.0.0.1:" + closed + "/d\" } ] }";

        Result good = check(yaml(source.url(), list), "--json");

        String warning = """
                {
                      "file" : "tideline.yaml",
                      "line" : 10,
                      "column" : %d,
                      "path" : "external_databases.list[1]",
                      "what" : "2/gone: nothing accepts connections at 127.0.0.1:%d. Start Postgres there, or correct host and port.",
                      "hint" : ""
                    }""".formatted(("external_databases: " + list).indexOf("{ tenant: 2") + 1, closed);
        assertThat(good.out().replace(directory + "/", "")).isEqualToNormalizingNewlines("""
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
                        warning.replace("\n  ", "\n"), target.port(), target.name(), closed, warning));
        assertThat(good.err()).isEmpty();
        assertThat(good.code()).isZero();

        Result bad = check(yaml(source.url(), list).replace("id: person", "idd: person"), "--json");

        assertThat(bad.out().replace(directory + "/", "")).isEqualToNormalizingNewlines("""
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

    @Test
    void a_source_that_does_not_answer_is_exit_1(TestDatabase source) throws IOException {
        int port = closedPort();

        Result result = check(yaml("postgres://u:hunter2@127.0.0.1:" + port + "/d", "{ table: ext }"));

        assertThat(result.err())
                .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: nothing accepts connections at 127.0.0.1:"
                        + port + ". Start Postgres there, or correct host and port.\n");
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void a_server_that_accepts_and_says_nothing_does_not_hold_us() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            String server = "127.0.0.1:" + mute.getLocalPort();

            Result result =
                    check(yaml("postgres://u:x@" + server + "/d?sslmode=disable&connect_timeout=1", "{ table: e }"));

            assertThat(result.err())
                    .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: no answer from " + server
                            + " within 1 s. See whether a firewall stands between, and whether host and port are"
                            + " right.\n");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "prefer"})
    void a_server_that_accepts_and_hangs_up_is_said_to_give_no_answer(String sslmode) throws Exception {
        try (ServerSocket rude = new ServerSocket(0)) {
            String server = "127.0.0.1:" + rude.getLocalPort();
            Thread hangingUp = new Thread(() -> {
                while (true) {
                    try (Socket caller = rude.accept()) {
                        caller.getInputStream().read(new byte[8]);
                    } catch (IOException e) {
                        return; // the test is over
                    }
                }
            });
            hangingUp.start();

            Result result = check(yaml("postgres://u:x@" + server + "/d?sslmode=" + sslmode, "{ table: e }"));

            assertThat(result.err())
                    .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: no answer from " + server
                            + ": the connection was accepted and then closed. See whether a proxy or firewall stands"
                            + " between, and whether it is Postgres that listens there.\n");
            assertThat(result.code()).isEqualTo(1);
        }
    }

    @Test
    void a_wrong_password_is_never_echoed(TestDatabase source) throws IOException {
        Result result = check(yaml(source.url("postgres", "hunter2"), "{ table: ext }"));

        assertThat(result.err())
                .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: the server at 127.0.0.1:" + source.port()
                        + " does not accept the password of user \"postgres\". Correct the password in the address;"
                        + " there write characters such as @ / ? # as %40 %2F %3F %23.\n");
        assertThat(result.code()).isEqualTo(2);
        assertThat(check(yaml(source.url("postgres", "hunter2"), "{ table: ext }"), "--verbose")
                        .err())
                .contains("ConfigException")
                .doesNotContain("hunter2");
    }

    @Test
    void no_password_an_unknown_database_and_tls_that_is_not_there(TestDatabase source) throws IOException {
        String server = "127.0.0.1:" + source.port();

        assertThat(check(yaml("postgres://postgres@" + server + "/d", "{ table: ext }"))
                        .err())
                .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: the server at " + server
                        + " asks for a password of user \"postgres\", and the address has none."
                        + " Write postgres://user:password@host:port/database.\n");
        assertThat(check(yaml("postgres://postgres:postgres@" + server + "/nowhere", "{ table: ext }"))
                        .err())
                .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: there is no database \"nowhere\" at "
                        + server + ". Create it, or correct its name.\n");
        assertThat(check(yaml(source.url() + "?sslmode=require", "{ table: ext }"))
                        .err())
                .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: the server at " + server
                        + " does not offer TLS, and sslmode=require asks for it."
                        + " Switch TLS on there, or write sslmode=disable if the network between is yours.\n");
    }

    @Test
    void a_role_without_rights_is_told_which_to_grant(TestDatabase source) throws IOException {
        String role = "reader_" + source.name();
        prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON tenancy, people, ext TO " + role);
        String url = source.url(role, "x");

        Result blind = check(yaml(url, "{ table: ext }"));
        source.execute("GRANT SELECT ON mail TO " + role);
        Result powerless = check(yaml(url, "{ table: ext }"));

        assertThat(blind.err())
                .isEqualToNormalizingNewlines("tideline.yaml:9:21 mappings.users.depends_on[0].table: the role " + role
                        + " may not read mail. Run: GRANT SELECT ON \"public\".\"mail\" TO \"" + role + "\";\n");
        assertThat(powerless.err()).isEqualToNormalizingNewlines("""
                        tideline.yaml:1:11 source.url: the role %1$s may not create the schema tideline in the database %2$s. Run: GRANT CREATE ON DATABASE "%2$s" TO "%1$s";
                        tideline.yaml:5:5 mappings.users.table: the role %1$s may not create triggers on people. Run: GRANT TRIGGER ON "public"."people" TO "%1$s";
                        tideline.yaml:9:21 mappings.users.depends_on[0].table: the role %1$s may not create triggers on mail. Run: GRANT TRIGGER ON "public"."mail" TO "%1$s";
                        """.formatted(role, source.name()));
        assertThat(powerless.code()).isEqualTo(2);
        source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    @Test
    void a_schema_that_the_role_may_not_enter_is_told(TestDatabase source) throws IOException {
        String role = "guest_" + source.name();
        prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "CREATE SCHEMA app",
                        "CREATE TABLE app.people (id int PRIMARY KEY, tenant_id int)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON tenancy, ext, mail, app.people TO " + role);

        Result result = check(yaml(source.url(role, "x"), "{ table: ext }")
                .replace("table: people", "table: app.people")
                .replace("    where: r.id > 0\n", ""));

        assertThat(result.err())
                .isEqualToNormalizingNewlines("tideline.yaml:5:5 mappings.users.table: the role " + role
                        + " may not use the schema app. Run: GRANT USAGE ON SCHEMA \"app\" TO \"" + role + "\";\n");
        assertThat(result.code()).isEqualTo(2);
        source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    @Test
    void rows_hidden_by_row_level_security_are_noticed(TestDatabase source) throws IOException {
        String role = "tenant_" + source.name();
        prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON tenancy, people, ext, mail TO " + role,
                        "ALTER TABLE people ENABLE ROW LEVEL SECURITY");

        Result result = check(yaml(source.url(role, "x"), "{ table: ext }"));

        assertThat(result.err())
                .isEqualToNormalizingNewlines("tideline.yaml:5:5 mappings.users.table: row-level security hides rows of"
                        + " people from the role " + role + ". Run: ALTER ROLE \"" + role
                        + "\" BYPASSRLS; or connect as the owner of the table.\n");
        source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    @Test
    void a_read_only_source_is_refused(TestDatabase source) throws IOException {
        prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "ALTER DATABASE " + source.name() + " SET default_transaction_read_only = on");

        assertThat(check(yaml(source.url(), "{ table: ext }")).err())
                .isEqualToNormalizingNewlines("tideline.yaml:1:11 source.url: transactions of the role postgres in the"
                        + " database " + source.name() + " are read-only."
                        + " Switch default_transaction_read_only off for them.\n");
    }

    @Test
    void bad_usage_is_exit_2_with_the_way_to_the_help() {
        assertThat(run("chek"))
                .isEqualTo(new Result(
                        2,
                        "",
                        lines(
                                "Unmatched argument at index 0: 'chek'",
                                "Did you mean: tideline check or tideline help?",
                                "Try: tideline --help")));
        assertThat(run("check", "--confg", "x").code()).isEqualTo(2);
        assertThat(run()).isEqualTo(new Result(2, "", lines("A command is missing.", "Try: tideline --help")));
    }

    @Test
    void a_missing_file_is_exit_2() {
        assertThat(run("check", "--config", file.toString()))
                .isEqualTo(new Result(
                        2,
                        "",
                        lines("tideline.yaml: there is no such file. Write one (docs/configuration.md has a complete"
                                + " example), or name another with --config.")));
    }

    @Test
    void help_and_version_go_to_standard_output() {
        assertThat(run("--help").out()).contains("Exit codes:", "check");
        assertThat(run("check", "--help").out()).contains("--config=FILE");
        Result version = run("--version");
        assertThat(version.out()).startsWith("tideline ");
        assertThat(version.err()).isEmpty();
        assertThat(version.code()).isZero();
    }

    private static String lines(String... lines) {
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
