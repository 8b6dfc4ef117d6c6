package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.LeastPrivilege;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.sequence.PassResult;
import dev.tideline.sync.sequence.Sequencer;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ChangeTableRotationTest {

    private static final String SIZES =
            "SELECT pg_relation_size('tideline.change_0') > 0, pg_relation_size('tideline.change_1') > 0,"
                    + " pg_relation_size('tideline.change_2') > 0";

    @Test
    void turns_to_the_next_table_and_empties_the_former_one_once_nobody_can_write_to_it() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                    Connection keeper = source.connection();
                    Connection open = scenario.source().connect();
                    Statement late = open.createStatement()) {
                ChangeTableRotation rotation = new ChangeTableRotation(1, 1);
                open.setAutoCommit(false);
                late.execute("INSERT INTO project_user VALUES (1, 1, 'in the first table', false)");
                rotation.runOnce(keeper);
                scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'in the second', false)");
                late.execute("INSERT INTO project_user VALUES (1, 3, 'in the second too', false)");
                assertThat(Rows.of(scenario.source(), SIZES).now()).containsExactly("t|t|f");

                sequencer.runOnce();
                rotation.runOnce(keeper); // full again, but the first table is still held by the open transaction
                assertThat(Rows.of(scenario.source(), "SELECT count(*) FROM tideline.row_state WHERE sequence_id > 0")
                                .now())
                        .containsExactly("1");
                open.commit();
                sequencer.runOnce();
                scenario.source().execute("INSERT INTO project_user VALUES (1, 4, 'later', false)");
                sequencer.runOnce();
                assertThat(Rows.of(
                                        scenario.source(),
                                        "SELECT key FROM tideline.row_state WHERE sequence_id > 0 ORDER BY key")
                                .now())
                        .containsExactly("1", "2", "3", "4");
                assertThat(emptied(scenario, sequencer, rotation, keeper)).isTrue();
            }
        }
    }

    @Test
    void a_role_that_owns_nothing_turns_and_no_row_is_lost() throws Exception {
        try (SyncScenario scenario = SyncScenario.users();
                LeastPrivilege roles = LeastPrivilege.in(scenario, "tenancy", "project_user")) {
            scenario.install();
            roles.asRuntime();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                    Connection keeper = source.connection()) {
                ChangeTableRotation rotation = new ChangeTableRotation(1, 1);
                for (int i = 1; i <= 6; i++) {
                    roles.application("INSERT INTO project_user VALUES (1, " + i + ", 'turn')");
                    rotation.runOnce(keeper);
                    sequencer.runOnce();
                }
                assertThat(scenario.source()
                                .rows("SELECT key FROM tideline.row_state WHERE sequence_id > 0 ORDER BY key"))
                        .hasSize(6);
                assertThat(scenario.source().value("SELECT change_table FROM tideline.sequencer"))
                        .as("it has turned more than once")
                        .isNotEqualTo("1");
            }
        }
    }

    /**
     * A statement that began before the turn, and got its transaction id and wrote after it: it calls the former function,
     * and no snapshot tells that it is still there.
     */
    @Test
    void what_is_written_to_the_former_table_after_the_turn_is_neither_lost_nor_waited_for() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'in the first table', false)");
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                    Connection keeper = source.connection();
                    Connection gate = scenario.source().connect();
                    Connection open = scenario.source().connect();
                    Statement late = open.createStatement()) {
                ChangeTableRotation rotation = new ChangeTableRotation(1, 1);
                try (Statement limit = keeper.createStatement()) {
                    limit.execute("SET statement_timeout = '5s'"); // for it must not wait at all
                }
                late.execute("UPDATE project_user SET display_name = 'early'"); // has the function in its cache now
                gate.createStatement().execute("SELECT pg_advisory_lock(7)");
                open.setAutoCommit(false);
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                    try {
                        late.execute("UPDATE project_user SET display_name = 'late'"
                                + " WHERE id = 1 AND pg_advisory_lock_shared(7) IS NOT NULL");
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                });
                Rows.of(
                                scenario.source(),
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                        .become("1");
                rotation.runOnce(keeper); // turns
                gate.createStatement().execute("SELECT pg_advisory_unlock(7)");
                writing.join();
                assertThat(Rows.of(
                                        scenario.source(),
                                        "SELECT count(*) FROM pg_locks WHERE relation = 'tideline.change_0'::regclass"
                                                + " AND mode = 'RowExclusiveLock'")
                                .now())
                        .as("who holds the former table")
                        .containsExactly("1");
                sequencer.runOnce();
                rotation.runOnce(keeper); // does not wait for the open transaction
                open.commit();
                rotation.runOnce(keeper); // nobody holds the table, and it has a row that was not sequenced
                assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(1, 1, 1, false));
                assertThat(emptied(scenario, sequencer, rotation, keeper)).isTrue();
            }
        }
    }

    /** Any transaction of the server that was open at the turn keeps the table, one of another database's autovacuum too. */
    private static boolean emptied(
            SyncScenario scenario, Sequencer sequencer, ChangeTableRotation rotation, Connection keeper)
            throws Exception {
        return Await.until(
                () -> {
                    sequencer.runOnce();
                    rotation.runOnce(keeper);
                    return scenario.source()
                            .value("SELECT pg_relation_size('tideline.change_0')")
                            .equals("0");
                },
                Duration.ofMillis(10),
                Duration.ofSeconds(30));
    }
}
