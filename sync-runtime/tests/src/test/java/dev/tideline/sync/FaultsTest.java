package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    private static final String USERS = "SELECT id, display_name FROM users ORDER BY id";

    @Test
    void a_connection_that_is_cut_in_the_middle_of_a_copy_loses_nothing() {
        try (SyncScenario scenario = SyncScenario.users();
                TcpProxy proxy = new TcpProxy(scenario.target().port())) {
            TestDatabase behind = scenario.addTarget("2", "unused");
            scenario.moveTarget("2");
            scenario.addTarget("1", "cut", proxy.url(behind));
            scenario.source()
                    .execute(
                            "INSERT INTO project_user SELECT 1, i, md5(i::text), false FROM generate_series(1, 30000) i");
            scenario.install();
            proxy.cutAfter(600_000); // of about 1.4 MB
            scenario.run();
            String sum = "SELECT count(*), sum(hashtext(id || display_name)) FROM ";
            String all = String.join(
                    "|", scenario.source().rows(sum + "project_user").get(0));
            Rows.of(behind, sum + "users").become(all);
            assertThat(proxy.cuts()).isEqualTo(1);

            proxy.cutAfter(300_000);
            scenario.source().execute("UPDATE project_user SET display_name = md5(display_name)");
            all = String.join("|", scenario.source().rows(sum + "project_user").get(0));
            Rows.of(behind, sum + "users").become(all);
            assertThat(proxy.cuts()).isEqualTo(2);
        }
    }

    @Test
    void a_target_that_turns_read_only_says_so_and_goes_on_later() {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada");
            String name = scenario.target().name();
            String endSessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name
                    + "' AND application_name = 'tideline-sync'";
            scenario.target()
                    .execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on", endSessions);
            scenario.source().execute("UPDATE project_user SET display_name = 'Bob'");
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE 'tenant 1, target main%in a read-only transaction' FROM tideline.target_state"
                                    + " WHERE error IS NOT NULL")
                    .become("t");
            scenario.target()
                    .execute(
                            "SET default_transaction_read_only = off",
                            "ALTER DATABASE " + name + " RESET default_transaction_read_only",
                            endSessions);
            Rows.of(scenario.target(), USERS).become("1|Bob");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "target"})
    void a_session_that_began_read_only_is_not_used_again(String side) {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada");
            TestDatabase readOnly = side.equals("source") ? scenario.source() : scenario.target();
            String ours = "FROM pg_stat_activity WHERE datname = '" + readOnly.name()
                    + "' AND application_name LIKE 'tideline%'";
            readOnly.execute(
                    "ALTER DATABASE " + readOnly.name() + " SET default_transaction_read_only = on",
                    "SELECT pg_terminate_backend(pid) " + ours);
            scenario.source()
                    .execute("SET default_transaction_read_only = off", "UPDATE project_user SET display_name = 'Bob'");
            if (side.equals("target")) {
                Rows.of(scenario.source(), "SELECT failures > 1 FROM tideline.target_state WHERE error IS NOT NULL")
                        .become("t");
            } else {
                // The sequencer begins anew with each try, and the poller's pool has had its share.
                Rows.of(readOnly, "SELECT count(*) > 0 " + ours).become("t");
            }
            readOnly.execute(
                    "SET default_transaction_read_only = off",
                    "ALTER DATABASE " + readOnly.name() + " RESET default_transaction_read_only");
            Rows.of(scenario.target(), USERS).become("1|Bob");
        }
    }

    @Test
    void a_cursor_that_somebody_sets_far_ahead_is_named_and_stops_this_target_alone() {
        try (SyncScenario scenario = SyncScenario.users()) {
            TestDatabase other = scenario.addTarget("1", "other");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada");
            Rows.of(other, USERS).become("1|Ada");
            scenario.target()
                    .execute("UPDATE tideline_sync_metadata SET last_synced_sequence_id = 9000000000000000000");
            scenario.source().execute("UPDATE project_user SET display_name = 'Bob'");
            Rows.of(other, USERS).become("1|Bob");
            Rows.of(
                            scenario.source(),
                            "SELECT target, error LIKE 'tenant 1, target main: the source has not reached the ids"
                                    + " 9000000000000000000, which the database has seen;%', failures > 1"
                                    + " FROM tideline.target_state WHERE error IS NOT NULL")
                    .become("main|t|t");
            scenario.target()
                    .execute("UPDATE tideline_sync_metadata SET last_synced_sequence_id = -1, definition = NULL");
            Rows.of(scenario.target(), USERS).become("1|Bob");
        }
    }

    @Test
    void a_password_that_is_changed_on_the_server_and_in_the_table_is_used_at_once() {
        try (SyncScenario scenario = SyncScenario.users()) {
            String role = "rotated_" + scenario.target().name();
            scenario.target()
                    .execute(
                            "CREATE ROLE " + role + " LOGIN PASSWORD 'first'",
                            "GRANT CREATE ON SCHEMA public TO " + role,
                            "GRANT CREATE ON DATABASE " + scenario.target().name() + " TO " + role);
            scenario.listTargetsInTable();
            scenario.source()
                    .execute("INSERT INTO external_database VALUES (1, 'main', '"
                            + scenario.target().url(role, "first") + "', true)");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("1|Ada");
            scenario.target()
                    .execute(
                            "ALTER ROLE " + role + " PASSWORD 'second'",
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + role + "'");
            scenario.source().execute("UPDATE project_user SET display_name = 'Bob'");
            Rows.of(
                            scenario.source(),
                            "SELECT bool_and(error LIKE '%does not accept the password%' AND error NOT LIKE '%first%')"
                                    + " FROM tideline.target_state WHERE failures > 2")
                    .become("t");
            scenario.source()
                    .execute("UPDATE external_database SET url = '"
                            + scenario.target().url(role, "second") + "'");
            Rows.of(scenario.target(), USERS).become("1|Bob");
        }
    }
}
