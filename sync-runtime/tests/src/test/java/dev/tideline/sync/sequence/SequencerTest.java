package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SequencerTest {

    private static final String LEDGER =
            "SELECT key FROM tideline.row_state WHERE sequence_id > 0 ORDER BY sequence_id";

    @Test
    void a_transaction_that_commits_late_is_neither_skipped_nor_waited_for() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                    Connection late = scenario.source().connect();
                    Statement lateStatement = late.createStatement()) {
                late.setAutoCommit(false);
                lateStatement.execute("INSERT INTO project_user VALUES (1, 1, 'late', false)");
                scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'early', false)");
                assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(1, 1, 1, false));
                assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("2");
                assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Nothing(true));
                late.commit();
                assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(1, 1, 1, false));
                assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("2", "1");
            }
        }
    }

    @Test
    void what_was_rolled_back_to_a_savepoint_is_not_sequenced() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute("""
                            BEGIN; INSERT INTO project_user VALUES (1, 1, 'kept', false);
                            SAVEPOINT s; INSERT INTO project_user VALUES (1, 2, 'undone', false); ROLLBACK TO s; COMMIT;
                            """);
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
                assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(1, 1, 1, false));
                assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("1");
            }
        }
    }

    @Test
    void a_second_sequencer_stands_by_and_takes_over_when_the_first_ones_session_dies() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer first =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                    Sequencer second =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'a', false)");
                assertThat(first.runOnce()).isInstanceOf(PassResult.Sequenced.class);
                scenario.source().execute("INSERT INTO project_user VALUES (1, 2, 'b', false)");
                assertThat(second.runOnce()).isEqualTo(new PassResult.StandBy());
                scenario.source()
                        .execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory'"
                                + " AND granted AND (classid::bigint << 32 | objid::bigint) = " + Sequencer.LOCK_KEY
                                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
                assertThat(second.runOnce()).isEqualTo(new PassResult.Sequenced(1, 1, 1, false));
                assertThatThrownBy(first::runOnce).isInstanceOf(SQLException.class);
                assertThat(first.runOnce()).isEqualTo(new PassResult.StandBy());
                assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("1", "2");
            }
        }
    }

    @Test
    void many_changes_of_one_row_are_one_ledger_row_with_the_newest_id() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'a', false), (1, 2, 'b', false)");
                sequencer.runOnce();
                for (int i = 0; i < 10; i++) {
                    scenario.source().execute("UPDATE project_user SET display_name = 'x" + i + "' WHERE id = 1");
                }
                assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(10, 1, 1, false));
                assertThat(Rows.of(scenario.source(), LEDGER).now()).containsExactly("2", "1");
            }
        }
    }

    @Test
    void a_pass_that_was_overtaken_by_one_that_slipped_past_the_lock_is_void() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer =
                            new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                    Connection other = scenario.source().connect();
                    Statement otherPass = other.createStatement()) {
                assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Nothing.class);
                scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'a', false)");
                other.setAutoCommit(false);
                otherPass.execute("UPDATE tideline.sequencer SET last_snapshot = pg_current_snapshot()");
                CompletableFuture<PassResult> pass = CompletableFuture.supplyAsync(() -> {
                    try {
                        return sequencer.runOnce();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e.getMessage(), e);
                    }
                });
                Rows.of(
                                scenario.source(),
                                "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
                                        + " AND pid IN (SELECT pid FROM pg_stat_activity WHERE datname = current_database())")
                        .become("1");
                other.commit();
                assertThatThrownBy(pass::join).hasMessageContaining("another sequencer was at work; this pass is void");
                assertThat(Rows.of(scenario.source(), LEDGER).now()).isEmpty();
            }
        }
    }
}
