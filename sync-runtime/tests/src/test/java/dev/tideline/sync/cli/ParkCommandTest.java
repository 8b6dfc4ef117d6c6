package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParkCommandTest {

    private static final String ERROR = "ERROR: new row for relation \"users\" violates check constraint \"no_poison\"";

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    private Outcome tideline(SyncScenario scenario, String... arguments) throws IOException {
        Path file = folder.resolve("tideline.yaml");
        Files.writeString(file, scenario.yaml());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", file.toString(), "--log-level", "error"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Tideline.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Rows 1 to 9, of which 4 and 7 are parked; a row that was parked never was at the target. */
    private SyncScenario withTwoParked() throws IOException {
        SyncScenario scenario = SyncScenario.users();
        scenario.target()
                .execute("CREATE TABLE users (tenancy_id int, id bigint PRIMARY KEY, display_name text,"
                        + " is_anonymous boolean, CONSTRAINT no_poison CHECK (display_name <> 'poison'))");
        scenario.source()
                .execute("INSERT INTO project_user SELECT 1, i, CASE WHEN i IN (4, 7) THEN 'poison' ELSE 'user' END,"
                        + " false FROM generate_series(1, 9) i");
        tideline(scenario, "install");
        assertThat(tideline(scenario, "sync", "1").code()).isZero();
        return scenario;
    }

    @Test
    void parked_rows_are_listed_tried_again_and_given_up() throws IOException {
        try (SyncScenario scenario = withTwoParked()) {
            Outcome list = tideline(scenario, "park", "list");
            assertThat(list.out().lines().map(line -> line.replaceFirst("parked [^)]*\\)$", "parked …)")))
                    .containsExactly(
                            "1/main users 4: " + ERROR + " (23514; 2 tries, parked …)",
                            "1/main users 7: " + ERROR + " (23514; 2 tries, parked …)");
            assertThat(tideline(scenario, "park", "retry", "--key", "4"))
                    .isEqualTo(new Outcome(1, "0 applied, 1 refused again; see \"park list\".\n", ""));

            scenario.target().execute("ALTER TABLE users DROP CONSTRAINT no_poison");
            assertThat(tideline(scenario, "park", "retry", "--tenant", "1", "--key", "4"))
                    .isEqualTo(new Outcome(0, "1 applied, 0 refused again.\n", ""));
            assertThat(Rows.of(scenario.target(), "SELECT id FROM users WHERE display_name = 'poison'")
                            .now())
                    .containsExactly("4");

            assertThat(tideline(scenario, "park", "discard", "--mapping", "users"))
                    .isEqualTo(new Outcome(0, "1 discarded.\n", ""));
            assertThat(tideline(scenario, "park", "list")).isEqualTo(new Outcome(0, "No row is parked.\n", ""));
            assertThat(tideline(scenario, "sync", "1").code()).isZero();
            assertThat(Rows.of(scenario.target(), "SELECT id FROM users WHERE id = 7")
                            .now())
                    .as("a discarded row is not tried again")
                    .isEmpty();
            scenario.source().execute("UPDATE project_user SET display_name = 'changed' WHERE id = 7");
            assertThat(tideline(scenario, "sync", "1").code()).isZero();
            assertThat(Rows.of(scenario.target(), "SELECT display_name FROM users WHERE id = 7")
                            .now())
                    .as("until it changes")
                    .containsExactly("changed");
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.parked"))
                    .isEqualTo("0");
        }
    }

    @Test
    void the_json_list_has_every_field() throws IOException {
        try (SyncScenario scenario = withTwoParked()) {
            JsonNode list = new ObjectMapper()
                    .readTree(tideline(scenario, "park", "list", "--json").out());
            assertThat(list).hasSize(2);
            List<String> names = new ArrayList<>();
            list.get(0).fieldNames().forEachRemaining(names::add);
            assertThat(names)
                    .containsExactly(
                            "tenant",
                            "target",
                            "mapping",
                            "key",
                            "sequence_id",
                            "error",
                            "sql_state",
                            "tries",
                            "parked_at",
                            "tried_at");
            assertThat(list.at("/1/key").toString()).isEqualTo("[\"7\"]");
            assertThat(list.at("/1/error").asText()).isEqualTo(ERROR);
        }
    }

    @Test
    void verify_calls_a_parked_row_parked_and_a_discarded_one_missing() throws IOException {
        try (SyncScenario scenario = withTwoParked()) {
            assertThat(tideline(scenario, "verify")).isEqualTo(new Outcome(3, """
                            1/main users: 2 rows differ (source 9, target 7): 0 missing, 0 extra, 0 different, 0 unsettled, 2 parked (see "park list")
                              parked 4
                              parked 7
                            """, ""));
            assertThat(tideline(scenario, "verify", "--repair").out()).contains("0 rows repaired");
            tideline(scenario, "park", "discard", "--key", "7");
            assertThat(tideline(scenario, "verify").out()).isEqualTo("""
                            1/main users: 2 rows differ (source 9, target 7): 1 missing, 0 extra, 0 different, 0 unsettled, 1 parked (see "park list")
                              parked 4
                              missing 7
                            """);
        }
    }

    @Test
    void the_status_counts_parked_rows() throws IOException {
        try (SyncScenario scenario = withTwoParked()) {
            JsonNode status = new ObjectMapper()
                    .readTree(tideline(scenario, "status", "--json").out());
            assertThat(status.at("/totals/parked_rows").asInt()).isEqualTo(2);
            assertThat(status.at("/external_databases/0/mappings/0/parked").asInt())
                    .isEqualTo(2);
            assertThat(tideline(scenario, "status").out())
                    .contains("targets    1, 1 ok, 0 failing; 2 rows parked", ", 2 parked (see \"park list\")");
        }
    }

    @Test
    void retry_and_discard_want_to_know_which_rows() throws IOException {
        try (SyncScenario scenario = SyncScenario.users()) {
            assertThat(tideline(scenario, "park", "list"))
                    .isEqualTo(
                            new Outcome(
                                    2,
                                    "",
                                    "Tideline is not installed in this source. Run \"install\" with this configuration first\n"));
            tideline(scenario, "install");
            assertThat(tideline(scenario, "park", "retry"))
                    .isEqualTo(new Outcome(2, "", "Say which rows: --tenant, --target, --mapping, --key, or --all.\n"));
            assertThat(tideline(scenario, "park", "discard", "--all"))
                    .isEqualTo(new Outcome(0, "No such row is parked.\n", ""));
        }
    }

    @Test
    void the_key_of_several_columns_is_named_as_it_is_listed() throws IOException {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, a int, b text, v int, PRIMARY KEY (a, b))", """
                mappings:
                  things: { table: thing, tenant: tenant, key: [a, b], target: thing }
                """)) {
            scenario.target().execute("CREATE TABLE thing (tenant int, a int, b text, v smallint, PRIMARY KEY (a, b))");
            scenario.target().execute("ALTER TABLE thing ALTER v TYPE int, ADD CONSTRAINT small CHECK (v < 10)");
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 'say \"x\"', 1), (1, 1, 'a, b', 99)");
            tideline(scenario, "install");
            tideline(scenario, "sync", "1");
            String key = scenario.source().value("SELECT key FROM tideline.parked_row");
            assertThat(key).isEqualTo("[\"1\", \"a, b\"]");
            assertThat(tideline(scenario, "park", "discard", "--key", key).out())
                    .isEqualTo("1 discarded.\n");
        }
    }
}
