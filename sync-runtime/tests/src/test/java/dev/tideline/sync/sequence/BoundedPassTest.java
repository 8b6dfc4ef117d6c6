package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A backlog is sequenced slice by slice, each ending with a transaction. */
class BoundedPassTest {

    private static final String KEYS = "SELECT k1 FROM tideline.ledger_1 ORDER BY sequence_id";

    @Test
    void a_backlog_is_sequenced_in_slices_that_grow() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users();
                SourceDatabase source = scenario.openSource();
                Sequencer sequencer = new Sequencer(source, 2, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
            scenario.install();
            insert(scenario, 1, 12);

            assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(2, 2, 1, true));
            assertThat(Rows.of(scenario.source(), KEYS).now()).containsExactly("1", "2");
            assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(8, 8, 1, true));
            assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(2, 2, 1, false));
            assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Nothing.class);
            assertThat(Rows.of(scenario.source(), KEYS).now())
                    .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
        }
    }

    @Test
    void a_transaction_is_not_cut_in_two() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users();
                SourceDatabase source = scenario.openSource();
                Sequencer sequencer = new Sequencer(source, 2, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
            scenario.install();
            insert(scenario, 1, 1);
            scenario.source().execute("INSERT INTO project_user SELECT 1, i, 'u', false FROM generate_series(2, 6) i");
            insert(scenario, 7, 7);

            assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(6, 6, 1, true));
            assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(1, 1, 1, false));
        }
    }

    @Test
    void a_transaction_that_is_open_while_its_slice_goes_by_is_sequenced_once_it_commits() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users();
                SourceDatabase source = scenario.openSource();
                Sequencer sequencer = new Sequencer(source, 2, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                Connection late = scenario.source().connect();
                Statement lateStatement = late.createStatement()) {
            scenario.install();
            insert(scenario, 1, 1);
            late.setAutoCommit(false);
            lateStatement.execute("INSERT INTO project_user VALUES (1, 100, 'late', false)");
            insert(scenario, 2, 5);

            sequencer.runOnce();
            late.commit();
            insert(scenario, 6, 6);
            sequenceAll(sequencer);

            assertThat(Rows.of(scenario.source(), KEYS).now())
                    .containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6", "100");
        }
    }

    @Test
    void more_uncommitted_and_undone_changes_than_a_slice_holds_stop_nobody() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users();
                SourceDatabase source = scenario.openSource();
                Sequencer sequencer = new Sequencer(source, 2, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
                Connection open = scenario.source().connect();
                Statement statement = open.createStatement()) {
            scenario.install();
            open.setAutoCommit(false);
            statement.execute("INSERT INTO project_user SELECT 1, i, 'undone', false FROM generate_series(100, 120) i");
            open.rollback();
            statement.execute("INSERT INTO project_user SELECT 1, i, 'open', false FROM generate_series(200, 220) i");
            insert(scenario, 1, 3);

            sequenceAll(sequencer);
            assertThat(Rows.of(scenario.source(), KEYS).now()).containsExactly("1", "2", "3");

            open.commit();
            sequenceAll(sequencer);
            assertThat(Rows.of(scenario.source(), "SELECT count(*), min(k1), max(k1) FROM tideline.ledger_1")
                            .now())
                    .containsExactly("24|1|220");
        }
    }

    /** Each in a transaction of its own. */
    private static void insert(SyncScenario scenario, int from, int to) throws SQLException {
        for (int id = from; id <= to; id++) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, " + id + ", 'u', false)");
        }
    }

    private static void sequenceAll(Sequencer sequencer) throws SQLException {
        for (int pass = 0; sequencer.runOnce() instanceof PassResult.Sequenced; pass++) {
            assertThat(pass).as("passes").isLessThan(20);
        }
    }
}
