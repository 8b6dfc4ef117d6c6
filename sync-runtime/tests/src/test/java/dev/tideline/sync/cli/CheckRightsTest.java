package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.cli.TidelineTool.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} says of a role that may not do what is needed. */
@ExtendWith(PostgresFixture.class)
class CheckRightsTest {

    @TempDir
    private Path folder;

    private CheckedSource checks;

    @BeforeEach
    void nameTheFolder() {
        checks = new CheckedSource(folder);
    }

    @Test
    void a_role_without_rights_is_told_which_to_grant(TestDatabase source) {
        String role = "reader_" + source.name();
        CheckedSource.prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON tenancy, people, ext TO " + role);
        String url = source.url(role, "x");

        Outcome blind = checks.check(CheckedSource.yaml(url, "{ table: ext }"));
        source.execute("GRANT SELECT ON mail TO " + role);
        Outcome powerless = checks.check(CheckedSource.yaml(url, "{ table: ext }"));

        assertThat(blind.err())
                .isEqualTo("tideline.yaml:9:21 mappings.users.depends_on[0].table: the role " + role
                        + " may not read mail. Run: GRANT SELECT ON \"public\".\"mail\" TO \"" + role + "\";\n");
        assertThat(powerless.err()).isEqualTo("""
                        tideline.yaml:1:11 source.url: the role %1$s may not create the schema tideline in the database %2$s. Run: GRANT CREATE ON DATABASE "%2$s" TO "%1$s";
                        tideline.yaml:5:5 mappings.users.table: the role %1$s may not capture changes of people, for which it takes the rights of its owner postgres. Run: GRANT "postgres" TO "%1$s"; or run "install" as the owner
                        tideline.yaml:9:21 mappings.users.depends_on[0].table: the role %1$s may not capture changes of mail, for which it takes the rights of its owner postgres. Run: GRANT "postgres" TO "%1$s"; or run "install" as the owner
                        tideline.yaml:10:23 external_databases.table: the role %1$s may not capture changes of ext, for which it takes the rights of its owner postgres. Run: GRANT "postgres" TO "%1$s"; or run "install" as the owner
                        """.formatted(role, source.name()));
        assertThat(powerless.code()).isEqualTo(2);
        source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    @Test
    void a_schema_that_the_role_cannot_use_is_reported(TestDatabase source) {
        String role = "guest_" + source.name();
        CheckedSource.prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "CREATE SCHEMA app",
                        "CREATE TABLE app.people (id int PRIMARY KEY, tenant_id int)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON tenancy, ext, mail, app.people TO " + role);

        Outcome result = checks.check(CheckedSource.yaml(source.url(role, "x"), "{ table: ext }")
                .replace("table: people", "table: app.people")
                .replace("    where: r.id > 0\n", ""));

        assertThat(result.err())
                .isEqualTo("tideline.yaml:5:5 mappings.users.table: the role " + role
                        + " may not use the schema app. Run: GRANT USAGE ON SCHEMA \"app\" TO \"" + role + "\";\n");
        assertThat(result.code()).isEqualTo(2);
        source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    @Test
    void rows_hidden_by_row_level_security_are_noticed(TestDatabase source) {
        String role = "tenant_" + source.name();
        CheckedSource.prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                        "GRANT SELECT ON tenancy, people, ext, mail TO " + role,
                        "ALTER TABLE people ENABLE ROW LEVEL SECURITY");

        Outcome result = checks.check(CheckedSource.yaml(source.url(role, "x"), "{ table: ext }"));

        assertThat(result.err())
                .isEqualTo("tideline.yaml:5:5 mappings.users.table: row-level security hides rows of"
                        + " people from the role " + role + ". Run: ALTER ROLE \"" + role
                        + "\" BYPASSRLS; or connect as the owner of the table.\n");
        source.execute("DROP OWNED BY " + role, "DROP ROLE " + role);
    }

    @Test
    void a_read_only_source_is_refused(TestDatabase source) {
        CheckedSource.prepare(source)
                .execute(
                        "CREATE TABLE ext (tenant int, name text, url text, enabled bool)",
                        "ALTER DATABASE " + source.name() + " SET default_transaction_read_only = on");

        assertThat(checks.check(CheckedSource.yaml(source.url(), "{ table: ext }"))
                        .err())
                .isEqualTo("tideline.yaml:1:11 source.url: transactions of the role postgres in the"
                        + " database " + source.name() + " are read-only."
                        + " Set default_transaction_read_only to off for them.\n");
    }
}
