package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with one external database is its own error, with what to do; the others get their rows. */
class FaultyTargetsTest {

    @TempDir
    private Path folder;

    private final SyncScenario scenario = SyncScenario.users();

    @AutoClose
    private final ClosedPort closed = new ClosedPort();

    private TestDatabase weak;
    private String role;

    @BeforeEach
    void oneGoodTargetAndSixFaultyOnes() {
        weak = scenario.addTarget("1", "unused");
        role = "weak_" + weak.name();
        weak.execute(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'hunter2'",
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
                "CREATE SCHEMA own AUTHORIZATION " + role);
        TestDatabase shaped = scenario.addTarget("1", "unused");
        shaped.execute("CREATE TABLE users (id text, display_name text)");
        TestDatabase owned = scenario.addTarget("1", "unused");
        owned.execute(
                "CREATE TABLE users (id bigint PRIMARY KEY, tenancy_id int, display_name text, is_anonymous bool)");
        owned.execute("INSERT INTO users VALUES (7, 1, 'mine', false)");
        scenario.listTargetsInTable();
        target("address", "mysql://u:hunter2@h/d");
        target("closed", "postgres://u:hunter2@127.0.0.1:" + closed.number() + "/d");
        target("good", scenario.target().url());
        target("owned", owned.url());
        target("shaped", shaped.url());
        target("unmade", weak.url(role, "hunter2") + "?currentSchema=new");
        target("weak", weak.url(role, "hunter2"));
        scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
        scenario.install();
    }

    private void target(String name, String url) {
        scenario.source().execute("INSERT INTO external_database VALUES (1, '" + name + "', '" + url + "', true)");
    }

    @AfterEach
    void close() {
        weak.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
        scenario.close();
    }

    @Test
    void sync_names_each_and_fills_the_good_one() throws IOException {
        Path file = Files.writeString(folder.resolve("tideline.yaml"), scenario.yaml());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Tideline.run(
                new PrintWriter(out),
                new PrintWriter(err),
                "sync",
                "1",
                "--config",
                file.toString(),
                "--log-level",
                "error");

        assertThat(err.toString().lines()).containsExactlyElementsOf(errors());
        assertThat(out.toString()).isEqualTo("""
                good users: 1 row copied, 0 changed, 0 deleted
                Tenant 1: 7 external databases, 1 caught up, 6 failed.
                """);
        assertThat(code).isEqualTo(1);
        assertThat(Rows.of(scenario.target(), "SELECT id, display_name FROM users")
                        .now())
                .containsExactly("1|Ada");
    }

    @Test
    void a_runtime_keeps_the_error_of_each_and_fills_the_good_one() {
        scenario.run();

        Rows.of(scenario.target(), "SELECT id, display_name FROM users").become("1|Ada");
        Rows.of(scenario.source(), "SELECT error FROM tideline.target_state WHERE error IS NOT NULL ORDER BY target")
                .become(errors().toArray(String[]::new));
    }

    @Test
    void a_role_that_may_make_tables_in_its_own_schema_alone_needs_no_more() {
        scenario.source().execute("DELETE FROM external_database WHERE name <> 'good'");
        target("own", weak.url(role, "hunter2") + "?currentSchema=own");
        scenario.run();

        Rows.of(weak, "SELECT to_regclass('own.users') IS NOT NULL").become("t");
        Rows.of(weak, "SELECT id, display_name FROM own.users").become("1|Ada");
    }

    /** In the order of the targets' names. */
    private List<String> errors() {
        return List.of(
                "tenant 1, target address: the address does not begin with postgres:// or postgresql:// but mysql://."
                        + " Write postgres://user:password@host:port/database?sslmode=require.",
                "tenant 1, target closed: nothing accepts connections at 127.0.0.1:" + closed.number()
                        + ". Start Postgres there, or correct host and port.",
                "tenant 1, target owned, mapping users: table users does not fit the mapping: it has rows that Tideline"
                        + " did not write, which the mapping's rows would replace. Empty, rename or drop the table, or"
                        + " give the mapping another target",
                "tenant 1, target shaped, mapping users: table users does not fit the mapping: column tenancy_id"
                        + " integer is missing; column id is text, and the mapping gives bigint; column is_anonymous"
                        + " boolean is missing; there is no primary key or unique index on (id). Rename or drop the table,"
                        + " or give the mapping another target",
                "tenant 1, target unmade: the role " + role
                        + " may not create the schema new. Run there: GRANT CREATE ON" + " DATABASE \"" + weak.name()
                        + "\" TO \"" + role + "\";",
                "tenant 1, target weak: the role " + role + " may not create tables in the schema public. Run there:"
                        + " GRANT CREATE ON SCHEMA \"public\" TO \"" + role + "\";");
    }
}
