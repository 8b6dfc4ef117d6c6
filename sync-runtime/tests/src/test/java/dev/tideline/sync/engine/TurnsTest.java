package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {

    /** One more than there are places, each with batches that take up to half a second and a backlog of more than a minute. */
    @Test
    void targets_that_take_long_take_turns_and_leave_the_fast_lane_to_the_others() {
        try (SyncScenario scenario = SyncScenario.users()) {
            int slow = SyncEngine.slowPlaces(1) + 1;
            scenario.settings("sync: { workers: 1, batch_size: 10 }");
            TestDatabase theirs = scenario.addTarget("2", "unused");
            scenario.moveTarget("1");
            for (int tenant = 10; tenant < 10 + slow; tenant++) {
                scenario.addTarget(String.valueOf(tenant), "slow", theirs.url() + "?currentSchema=t" + tenant);
            }
            scenario.source()
                    .execute(
                            "INSERT INTO tenancy SELECT generate_series(10, " + (9 + slow) + ")",
                            "INSERT INTO project_user SELECT t, t * 10000 + i, 'old' FROM generate_series(10, "
                                    + (9 + slow) + ") t, generate_series(1, 8000) i",
                            "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(theirs, "SELECT (" + counts(slow, "true") + ") = " + 8000 * slow)
                    .become("t");
            theirs.execute("CREATE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS"
                    + " 'BEGIN PERFORM pg_sleep(0.01); RETURN NEW; END'");
            for (int tenant = 10; tenant < 10 + slow; tenant++) {
                theirs.execute("CREATE TRIGGER slow BEFORE UPDATE ON t" + tenant
                        + ".users FOR EACH ROW EXECUTE FUNCTION public.slow()");
            }
            scenario.source().execute("UPDATE project_user SET display_name = 'new' WHERE tenancy_id >= 10");

            await("each has its turn").atMost(Duration.ofSeconds(60)).until(() -> begun(theirs, slow) == slow);
            for (String name : new String[] {"Bob", "Eve", "Zoe"}) {
                scenario.source().execute("UPDATE project_user SET display_name = '" + name + "' WHERE tenancy_id = 1");
                await(name)
                        .atMost(Duration.ofSeconds(10))
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> Rows.of(scenario.target(), "SELECT display_name FROM users")
                                .now()
                                .contains(name));
            }
            assertThat(theirs.value("SELECT (" + counts(slow, "display_name = 'new'") + ") < " + 8000 * slow))
                    .as("they have not come to their end meanwhile")
                    .isEqualTo("t");
        }
    }

    private static String counts(int slow, String condition) {
        return IntStream.range(10, 10 + slow)
                .mapToObj(tenant -> "(SELECT count(*) FROM t" + tenant + ".users WHERE " + condition + ")")
                .collect(Collectors.joining(" + "));
    }

    private static int begun(TestDatabase theirs, int slow) {
        return (int) IntStream.range(10, 10 + slow)
                .filter(tenant -> theirs.value(
                                "SELECT EXISTS (SELECT 1 FROM t" + tenant + ".users WHERE display_name = 'new')")
                        .equals("t"))
                .count();
    }
}
