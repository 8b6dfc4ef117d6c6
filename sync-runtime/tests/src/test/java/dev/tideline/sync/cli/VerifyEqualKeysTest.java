package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are equal at the source and two at the target are two keys to verify. */
class VerifyEqualKeysTest {

    @Test
    void a_former_form_of_a_key_is_found_and_repaired(@TempDir Path folder) {
        TidelineTool tideline = new TidelineTool(folder);
        try (SyncScenario scenario =
                SyncScenario.of("""
                CREATE EXTENSION citext;
                CREATE TABLE thing (tenant int, k citext PRIMARY KEY, v int);
                INSERT INTO thing VALUES (1, 'FOO', 1), (1, 'bar', 2);
                """, "mappings: { thing: { table: thing, tenant: tenant, key: k } }\n")) {
            tideline.run(scenario, "install");
            tideline.run(scenario, "sync", "1");
            assertThat(tideline.run(scenario, "verify").code()).isZero();

            scenario.target().execute("UPDATE thing SET k = 'Foo' WHERE k = 'FOO'");
            assertThat(tideline.run(scenario, "verify", "--settle", "0").out())
                    .contains("1 missing", "1 extra")
                    .doesNotContain("bar");
            tideline.run(scenario, "verify", "--repair", "--settle", "0");
            assertThat(tideline.run(scenario, "verify").code()).isZero();
            assertThat(Rows.of(scenario.target(), "SELECT k, v FROM thing ORDER BY 2")
                            .now())
                    .containsExactly("FOO|1", "bar|2");

            scenario.target().execute("INSERT INTO thing (k, v) VALUES ('Bar', 3)");
            tideline.run(scenario, "verify", "--repair", "--settle", "0");
            assertThat(Rows.of(scenario.target(), "SELECT k, v FROM thing ORDER BY 2")
                            .now())
                    .containsExactly("FOO|1", "bar|2");
        }
    }
}
