package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemovedTargetTest {

    private static final String NAMES = "SELECT display_name FROM users ORDER BY id";

    /**
     * The run waits for a lock at the target, and would look once more for changes after it: its batches are as large as they
     * may be.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM external_database",
                "UPDATE external_database SET enabled = false",
                "UPDATE external_database SET url = '%s'"
            })
    void a_run_takes_nothing_to_a_database_that_was_removed_before_it_came(String removal) throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase source = scenario.source();
            TestDatabase target = scenario.target();
            scenario.listTargetsInTable();
            scenario.settings("sync: { batch_size: 1 }");
            source.execute(
                    "INSERT INTO external_database VALUES (1, 'main', '" + target.url() + "', true)",
                    "INSERT INTO project_user VALUES (1, 1, 'before', false)");
            scenario.install();
            SyncEngine engine = scenario.run().pipeline().engine();
            Rows.of(target, NAMES).become("before");
            try (Connection holder = target.connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE users IN SHARE MODE");
                source.execute("INSERT INTO project_user VALUES (1, 2, 'in flight', false)");
                Rows.of(
                                target,
                                "SELECT count(*) > 0 FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                                        + " WHERE NOT granted AND datname = current_database()")
                        .become("t");
                source.execute(removal.formatted(scenario.addTarget("2", "new").url()));
                Rows.of(source, "SELECT count(*) FROM tideline.outgoing_request")
                        .become("0");
                source.execute("INSERT INTO project_user VALUES (1, 3, 'later', false)");
                Rows.of(source, "SELECT k1 FROM tideline.ledger_1 WHERE k1 = '3'")
                        .become("3");
                holder.rollback();
            }
            await("the run has ended").until(engine::idle);
            assertThat(Rows.of(target, NAMES).now()).containsExactly("before", "in flight");
        }
    }
}
