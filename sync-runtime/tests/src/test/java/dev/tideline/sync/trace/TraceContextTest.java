package dev.tideline.sync.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What applications put into {@code tideline.traceparent}. */
class TraceContextTest {

    private static final String FIRST = "00-11111111111111111111111111111111-1111111111111111-01";
    private static final String SECOND = "00-22222222222222222222222222222222-2222222222222222-01";
    private static final String WAITING =
            "SELECT tenant, traceparent FROM tideline.outgoing_request WHERE kind = 'sync' ORDER BY tenant";

    private static void write(SyncScenario scenario, String traceparent, String sql) throws SQLException {
        try (Connection application = scenario.source().connect()) {
            Jdbc.inTransaction(application, () -> {
                Jdbc.one(
                        application,
                        "SELECT set_config('tideline.traceparent', ?, true)",
                        row -> row.getString(1),
                        traceparent);
                Jdbc.execute(application, sql);
                return null;
            });
        }
    }

    private static void sequence(SyncScenario scenario) throws SQLException {
        dev.tideline.sync.SinglePass.sequence(scenario.config());
    }

    @Test
    void a_tenants_request_carries_the_trace_of_its_oldest_change() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            write(scenario, FIRST, "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            write(scenario, SECOND, "INSERT INTO project_user VALUES (1, 2, 'Bob', false), (2, 3, 'Eve', false)");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 4, 'Joe', false)");
            sequence(scenario);
            Rows.of(scenario.source(), WAITING).become("1|" + FIRST, "2|" + SECOND);

            write(scenario, SECOND, "UPDATE project_user SET display_name = 'Ida' WHERE id = 1");
            sequence(scenario);
            Rows.of(scenario.source(), WAITING).become("1|" + FIRST, "2|" + SECOND);
        }
    }

    @Test
    void a_session_that_named_no_trace_or_whose_transaction_is_over_names_none() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users();
                Connection application = scenario.source().connect()) {
            scenario.install();
            Jdbc.execute(application, "INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            Jdbc.execute(
                    application,
                    "BEGIN; SET LOCAL tideline.traceparent = '" + FIRST
                            + "'; INSERT INTO project_user VALUES (1, 2, 'Bob', false); COMMIT");
            Jdbc.execute(application, "INSERT INTO project_user VALUES (1, 3, 'Eve', false)");
            Rows.of(
                            scenario.source(),
                            "SELECT traceparent FROM tideline.change_0 WHERE c2 IN ('1', '2', '3') ORDER BY c2")
                    .become("NULL", FIRST, "NULL");
        }
    }

    /** Only what has the length of one is kept, and what is kept and is none is passed over. */
    @Test
    void whatever_stands_there_the_write_succeeds_and_arrives() throws SQLException {
        List<String> hostile = List.of(
                "",
                " ",
                "'; DROP SCHEMA tideline CASCADE; --",
                "x".repeat(55),
                "00-00000000000000000000000000000000-0000000000000000-00",
                "ff-11111111111111111111111111111111-1111111111111111-01",
                "00-1111111111111111111111111111111G-1111111111111111-01",
                "😀".repeat(13) + "abc",
                FIRST + "-more",
                "x".repeat(1_000_000));
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            for (int i = 0; i < hostile.size(); i++) {
                write(scenario, hostile.get(i), "INSERT INTO project_user VALUES (1, " + i + ", 'user', false)");
            }
            assertThat(Rows.of(
                                    scenario.source(),
                                    "SELECT DISTINCT octet_length(traceparent) FROM tideline.change_0"
                                            + " WHERE traceparent IS NOT NULL")
                            .now())
                    .containsExactly("55");
            scenario.run();
            Rows.of(scenario.target(), "SELECT count(*) FROM users").become(String.valueOf(hostile.size()));
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.outgoing_request")
                    .become("0");
        }
    }
}
