package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How init scripts run against a real server, and what is said when they fail. */
class InitScriptsRunTest extends InAWorkspace {

    @Test
    void everything_that_a_script_may_contain_runs_and_so_does_a_single_statement_outside_transactions()
            throws Exception {
        start(script("1.sql", """
                CREATE TABLE colour (name text, "a;b" int DEFAULT 1);
                INSERT INTO colour VALUES ('r;e''d');
                CREATE FUNCTION twice(i int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 2 * i END; END;
                DO $do$ BEGIN INSERT INTO colour VALUES ($$blue;$$); END $do$;
                CREATE RULE nothing AS ON DELETE TO colour DO INSTEAD (SELECT 1; SELECT 2);
                SET search_path = pg_catalog;
                """), script("2.sql", "VACUUM colour"));

        assertThat(ask("SELECT string_agg(name, ' ' ORDER BY name) || twice(2) FROM colour"))
                .isEqualTo("blue; r;e'd4");
    }

    @Test
    void a_mistake_is_reported_with_file_line_and_statement() throws Exception {
        Path script = script("schema.sql", """
                -- Colours; all of them.
                CREATE TABLE colour (name text);
                INSERT INTO colour
                  VALUES ('red'),
                  (yellow);
                """);

        assertThatThrownBy(() -> start(script))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "The init script " + script + ", line 5, failed on postgres: ERROR: column \"yellow\" does not"
                                + " exist\n  in: INSERT INTO colour VALUES ('red'), (yellow)"
                                + "\nCorrect the script and start again; it then runs again from its beginning.");
    }

    @Test
    void a_failure_without_a_place_is_reported_with_the_line_of_its_statement_and_nothing_of_the_script_stays()
            throws Exception {
        Path script = script("rows.sql", """
                CREATE TABLE colour (name text PRIMARY KEY);
                INSERT INTO colour VALUES ('red');

                INSERT INTO colour
                  VALUES ('red');
                """);

        assertThatThrownBy(() -> start(script))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("The init script " + script + ", line 4, failed on postgres: ERROR: duplicate key value"
                        + " violates unique constraint \"colour_pkey\"\n  Detail: Key (name)=(red) already exists.\n"
                        + "  in: INSERT INTO colour VALUES ('red')\n"
                        + "Correct the script and start again; it then runs again from its beginning.");
        assertThat(workspace.services(progress).known()).isEmpty();

        start(script("rows.sql", "CREATE TABLE colour (name text)"));
        assertThat(ask("SELECT count(*) FROM colour")).isEqualTo("0");
    }

    @Test
    void a_script_that_was_changed_is_reported_at_every_start_until_the_data_is_created_again() throws Exception {
        start(script("schema.sql", "CREATE TABLE colour AS SELECT 'red' AS name"));
        Path changed = script("schema.sql", "CREATE TABLE colour AS SELECT 'blue' AS name");
        String warning =
                "Service postgres: its init scripts have changed (schema.sql) since its data was created, which"
                        + " does not change that data. To create it again, run `mvn sync:clean`, which deletes the data of all services"
                        + " of this workspace, and start again.";

        start(changed);
        assertThat(progress.warnings).containsExactly(warning);
        workspace.services(progress).stop();
        start(changed);
        assertThat(progress.warnings).containsExactly(warning, warning);
        assertThat(ask("SELECT name FROM colour")).isEqualTo("red");

        workspace.services(progress).clean();
        start(changed);
        start(changed);
        assertThat(progress.warnings).hasSize(2);
        assertThat(ask("SELECT name FROM colour")).isEqualTo("blue");
    }

    @Test
    void scripts_that_come_after_the_data_are_reported_and_a_start_without_any_says_nothing() throws Exception {
        start();
        start(script("schema.sql", "CREATE TABLE colour ()"));
        assertThat(progress.warnings)
                .containsExactly(
                        "Service postgres: its init scripts have changed (schema.sql is new) since its data was"
                                + " created, which does not change that data. To create it again, run `mvn sync:clean`, which deletes the"
                                + " data of all services of this workspace, and start again.");
        start();
        assertThat(progress.warnings).hasSize(1);
    }

    private Path script(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private void start(Path... scripts) {
        workspace
                .services(progress)
                .start(TestWorkspace.request(
                        "one",
                        List.of(new ServiceSpec(
                                "postgres",
                                "",
                                "",
                                Map.of(),
                                Map.of(),
                                List.of(),
                                Map.of(),
                                List.of(scripts),
                                false))));
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + workspace.prefix() + "28/postgres", "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
