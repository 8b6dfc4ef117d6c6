package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final String ROWS = "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(u::text, 0)), 0) FROM ";

    @Test
    void the_first_batch_of_a_backlog_is_small_and_those_behind_it_are_four_times_as_large() {
        try (SyncScenario scenario = withBacklog()) {
            List<Long> batches = new ArrayList<>();
            assertThat(run(scenario, new SyncListener() {
                        @Override
                        public void applied(ExternalDatabase t, Mapping m, long rows, long gone, long cursor) {
                            batches.add(rows);
                        }
                    }))
                    .isEmpty();

            assertThat(batches).startsWith(10L, 40L, 40L);
            assertThat(batches).allMatch(rows -> rows <= 40);
            assertEqual(scenario);
        }
    }

    @Test
    void a_target_that_fails_behind_some_batches_keeps_those_and_takes_the_rest_later() {
        try (SyncScenario scenario = withBacklog()) {
            scenario.target().execute("""
                            CREATE FUNCTION read_only() RETURNS trigger LANGUAGE plpgsql AS
                            $$ BEGIN
                                PERFORM set_config('transaction_read_only', 'on', true);
                                DELETE FROM users WHERE false;
                                RETURN NEW;
                            END $$;
                            CREATE TRIGGER read_only BEFORE UPDATE ON users FOR EACH ROW WHEN (OLD.id = 300)
                            EXECUTE FUNCTION read_only()
                            """);
            assertThat(run(scenario, SyncListener.NONE))
                    .singleElement()
                    .satisfies(failure -> assertThat(failure).contains("in a read-only transaction"));
            // Ids were given in the order of the key: 10, 20 and then 40 at a time; row 300 is in the one behind 270.
            assertThat(scenario.target().value("SELECT count(*) FROM users WHERE display_name LIKE 'new%'"))
                    .isEqualTo("290");

            scenario.target().execute("DROP TRIGGER read_only ON users");
            assertThat(run(scenario, SyncListener.NONE)).isEmpty();
            assertEqual(scenario);
        }
    }

    @Test
    void connections_that_are_lost_while_batches_are_read_ahead_leave_nothing_half_done() {
        try (SyncScenario scenario = withBacklog()) {
            int[] cut = {0};
            SyncListener cutting = new SyncListener() {
                @Override
                public void applied(ExternalDatabase t, Mapping m, long rows, long gone, long cursor) {
                    if (cut[0] == 0) {
                        cut[0] = Integer.parseInt(scenario.source()
                                .value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND application_name = 'tideline'"));
                    }
                }
            };
            // The pool replaces a lost connection that it finds in time; otherwise the run fails. Either is right.
            Throwable lost = catchThrowable(() -> run(scenario, cutting));
            if (lost != null) {
                assertThat(lost).isInstanceOf(SyncException.class).hasMessageStartingWith("the source ");
            }
            assertThat(cut[0]).isPositive();

            assertThat(run(scenario, SyncListener.NONE)).isEmpty();
            assertEqual(scenario);
        }
    }

    @Test
    void batches_that_were_read_ahead_are_void_once_another_worker_has_moved_the_cursor() {
        try (SyncScenario scenario = withBacklog()) {
            int[] batches = {0};
            assertThat(run(scenario, new SyncListener() {
                        @Override
                        public void applied(ExternalDatabase t, Mapping m, long rows, long gone, long cursor) {
                            if (++batches[0] == 1) {
                                assertThat(run(scenario, SyncListener.NONE)).isEmpty();
                            }
                        }
                    }))
                    .isEmpty();
            assertThat(batches[0]).isEqualTo(1);
            assertEqual(scenario);
        }
    }

    /** More than may be held of what is read ahead, for rows are wide. */
    private static SyncScenario withBacklog() {
        SyncScenario scenario = SyncScenario.users();
        scenario.settings("sync: { batch_size: 10 }");
        scenario.source().execute("INSERT INTO project_user SELECT 1, i, 'old' FROM generate_series(1, 1000) i");
        scenario.install();
        run(scenario, SyncListener.NONE);
        scenario.source().execute("UPDATE project_user SET display_name = 'new' || repeat(md5(id::text), 300) || id");
        return scenario;
    }

    private static List<String> run(SyncScenario scenario, SyncListener listener) {
        return TenantSync.run(scenario.config(), "1", listener).failures().values().stream()
                .map(Throwable::getMessage)
                .toList();
    }

    private static void assertEqual(SyncScenario scenario) {
        assertThat(scenario.target().value(ROWS + "users u"))
                .isEqualTo(scenario.source().value(ROWS + "project_user u"));
    }
}
