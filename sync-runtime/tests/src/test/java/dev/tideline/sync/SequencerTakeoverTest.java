package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.sequence.Sequencer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class SequencerTakeoverTest {

    private static final String USERS = "SELECT display_name FROM users";

    @Test
    void a_runtime_takes_over_from_a_sequencer_that_hangs_and_ends_nobody_elses_session() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            // A first copy needs no sequencer.
            try (SyncRuntime first = scenario.run()) {
                Rows.of(scenario.target(), USERS).become("Ada");
            }
            // A stopped process looks just so to the server: its session is there, holds the lock and says nothing.
            try (Connection application = scenario.source().connect();
                    Connection hung = scenario.source().connect();
                    Statement statement = hung.createStatement()) {
                assertThat(application.isValid(10)).isTrue();
                statement.execute("SELECT pg_advisory_lock(" + Sequencer.LOCK_KEY + ")");
                scenario.run();
                // Whatever the first one left to fetch is fetched; rows are read as they are, and would be Eve's
                // already.
                Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                        .become("0");
                scenario.source().execute("UPDATE project_user SET display_name = 'Eve'");
                Rows.of(scenario.target(), USERS).become("Eve");
                assertThat(hung.isValid(10)).isFalse();
                assertThat(application.isValid(10)).isTrue();
            }
        }
    }

    @Test
    void a_second_runtime_takes_over_when_the_first_is_gone() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            SyncRuntime first = scenario.run();
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Rows.of(scenario.target(), USERS).become("Ada");
            scenario.run();
            first.close();
            scenario.source().execute("UPDATE project_user SET display_name = 'Eve'");
            Rows.of(scenario.target(), USERS).become("Eve");
        }
    }
}
