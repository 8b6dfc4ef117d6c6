package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No name of ours in generated SQL meets a user's: here every word of our own SQL is a column. */
class HostileNamesTest {

    private static final Pattern WORD = Pattern.compile("\\b[a-z_][a-z0-9_]*\\b");
    private static final Set<String> SYSTEM =
            Set.of("ctid", "xmin", "xmax", "cmin", "cmax", "tableoid", "tenant", "id", "one", "two");

    @TempDir
    Path folder;

    static List<String> words() {
        Set<String> words =
                new TreeSet<>(List.of("k1", "k2", "c1", "c2", "l", "d", "m", "f", "g", "o", "w", "q", "p", "e"));
        try (Stream<Path> files =
                Files.walk(Path.of("..", "core", "src", "main", "resources", "dev", "tideline", "sync", "sql"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String sql = Files.readString(file);
                assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(sql))
                        .as("%s goes to sources of any encoding", file)
                        .isTrue();
                Matcher word = WORD.matcher(sql.replaceAll("--.*", "").replaceAll("\\{\\{\\w+}}", ""));
                while (word.find()) {
                    words.add(word.group());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        words.removeAll(SYSTEM);
        return new ArrayList<>(words).subList(0, Math.min(words.size(), 1_400));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "r", "k1", "c1", "present"})
    void every_word_of_ours_may_be_a_column_and_this_one_the_key(String key) {
        List<String> words = words().stream().filter(word -> !word.equals(key)).toList();
        assertThat(words).hasSizeGreaterThan(300).contains("gone", "row_hash", "latest");
        String columns = words.stream().map(word -> '"' + word + "\" text").collect(Collectors.joining(", "));
        try (SyncScenario scenario =
                SyncScenario.of("""
                CREATE TABLE other (tenant int NOT NULL, "%s" int PRIMARY KEY, "present" text);
                CREATE TABLE thing (tenant int NOT NULL, "%s" int, two int, %s, PRIMARY KEY ("%s", two));
                """.formatted(key.equals("present") ? "one" : key, key, columns, key), """
                mappings:
                  plain: { table: thing, tenant: tenant, key: ["%s", two], target: plain }
                  selected:
                    table: thing
                    tenant: tenant
                    key: ["%s", two]
                    target: selected
                    where: two > 0
                    select: SELECT r.*, (SELECT o."present" FROM other o WHERE o."%s" = r.two) AS joined FROM thing r
                    depends_on: [{ table: other, key: { two: "%s" } }]
                """.formatted(
                                key, key, key.equals("present") ? "one" : key, key.equals("present") ? "one" : key))) {
            scenario.source()
                    .execute("INSERT INTO thing (tenant, \"" + key
                            + "\", two, \"latest\") VALUES (1, 1, 1, 'a'), (1, 2, 2, 'b')");
            scenario.install();
            scenario.run();
            String plain = "SELECT \"" + key + "\", two, \"latest\", \"row_hash\" FROM plain ORDER BY 1";
            String selected = "SELECT \"" + key + "\", two, \"latest\", joined FROM selected ORDER BY 1";
            Rows.of(scenario.target(), plain).become("1|1|a|NULL", "2|2|b|NULL");
            scenario.source()
                    .execute("UPDATE thing SET \"row_hash\" = 'x' WHERE two = 1; DELETE FROM thing WHERE two = 2;"
                            + " INSERT INTO thing (tenant, \"" + key + "\", two, \"latest\") VALUES (1, 3, 3, 'c');"
                            + " INSERT INTO other VALUES (1, 3, 'joined')");
            Rows.of(scenario.target(), plain).become("1|1|a|x", "3|3|c|NULL");
            Rows.of(scenario.target(), selected).become("1|1|a|NULL", "3|3|c|joined");
            scenario.target().execute("UPDATE plain SET \"latest\" = 'wrong'; DELETE FROM selected WHERE two = 1");
            TidelineTool tool = new TidelineTool(folder);
            assertThat(tool.run(scenario, "verify", "--repair").err()).isEmpty();
            Rows.of(scenario.target(), plain).become("1|1|a|x", "3|3|c|NULL");
            Rows.of(scenario.target(), selected).become("1|1|a|NULL", "3|3|c|joined");
        }
    }

    @Test
    void a_refused_row_is_parked_and_comes_back_whatever_the_columns_are_called() {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, k1 int PRIMARY KEY, k2 int, present int, gone int, c1 int)",
                "mappings:\n  plain: { table: thing, tenant: tenant, key: [k1], target: plain }\n")) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, 1, 1, 1, 1)");
            Rows.of(scenario.target(), "SELECT k1, gone FROM plain").become("1|1");
            scenario.target().execute("ALTER TABLE plain ADD CONSTRAINT small CHECK (gone < 5)");
            scenario.source().execute("INSERT INTO thing SELECT 1, i, i, i, i, i FROM generate_series(2, 6) i");
            Rows.of(scenario.target(), "SELECT k1, gone FROM plain ORDER BY 1").become("1|1", "2|2", "3|3", "4|4");
            scenario.target().execute("ALTER TABLE plain DROP CONSTRAINT small");
            scenario.source().execute("UPDATE thing SET present = 0 WHERE k1 > 4");
            Rows.of(scenario.target(), "SELECT count(*) FROM plain").become("6");
        }
    }

    @Test
    void check_has_no_warning_for_names_that_a_driver_could_take_for_parameters() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE "th?ing" (tenant int NOT NULL, "i?d" int PRIMARY KEY, "{fn now()}" text, "?" text, ":v" text);
                INSERT INTO "th?ing" VALUES (1, 1, 'a', 'b', 'c');
                """, """
                mappings:
                  things:
                    table: "th?ing"
                    tenant: tenant
                    key: "i?d"
                    where: |
                      '{"a": 1}'::jsonb ? 'a'
                """)) {
            assertThat(new TidelineTool(folder).run(scenario, "check").err()).isEmpty();
        }
    }

    @Test
    void a_query_of_tenants_may_use_operators_that_a_driver_could_take_for_parameters() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute(
                            "ALTER TABLE tenancy ADD features jsonb NOT NULL DEFAULT '{\"sync\": 1}'",
                            "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.tenants("{ query: \"SELECT id FROM tenancy WHERE features ? 'sync'\", key: id }");
            TidelineTool tideline = new TidelineTool(folder);
            assertThat(tideline.run(scenario, "check").err()).isEmpty();
            assertThat(tideline.run(scenario, "install").code()).isZero();
            assertThat(tideline.run(scenario, "sync", "1").err()).isEmpty();
            Rows.of(scenario.target(), "SELECT id FROM users").become("1");
            assertThat(tideline.run(scenario, "status", "--tenant", "11").err())
                    .startsWith("There is no tenant \"11\". Did you mean");
        }
    }
}
