package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.TcpProxy.Mode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class HangingTargetsTest {

    private static final String USERS = "SELECT display_name FROM users ORDER BY id";

    /** Without lanes one worker would wait 10 s for each of them. */
    @Test
    void targets_that_accept_and_never_answer_do_not_hold_up_the_others() {
        try (SyncScenario scenario = SyncScenario.users();
                TcpProxy proxy = new TcpProxy(scenario.target().port())) {
            proxy.set(Mode.HANG);
            scenario.settings("sync: { workers: 1 }");
            StringBuilder tenants = new StringBuilder("INSERT INTO tenancy VALUES (3)");
            scenario.moveTarget("2");
            for (int tenant = 10; tenant < 22; tenant++) {
                tenants.append(", (").append(tenant).append(')');
                scenario.addTarget(
                        String.valueOf(tenant), "hangs", proxy.url(scenario.target()) + "?currentSchema=t" + tenant);
            }
            scenario.source().execute(tenants.toString(), "INSERT INTO project_user VALUES (2, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("Ada");
            scenario.source().execute("UPDATE project_user SET display_name = 'Eve'");
            Rows.of(scenario.target(), USERS).become("Eve");
        }
    }

    @Test
    void a_target_that_hangs_in_the_middle_does_not_hold_up_the_same_tenants_other_one_and_goes_on_later() {
        try (SyncScenario scenario = SyncScenario.users();
                TcpProxy proxy = new TcpProxy(scenario.target().port())) {
            TestDatabase behind = scenario.addTarget("2", "unused");
            scenario.moveTarget("1");
            scenario.addTarget("1", "hangs", proxy.url(behind));
            scenario.settings("sync: { workers: 1 }");
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), USERS).become("Ada");
            Rows.of(behind, USERS).become("Ada");
            proxy.set(Mode.HANG);
            for (String name : new String[] {"Bob", "Eve", "Zoe"}) {
                scenario.source().execute("UPDATE project_user SET display_name = '" + name + "'");
                Rows.of(scenario.target(), USERS).become(name);
            }
            assertThat(Rows.of(behind, USERS).now()).containsExactly("Ada");
            proxy.set(Mode.PASS);
            Rows.of(behind, USERS).become("Zoe");
        }
    }

    @Test
    void a_locked_table_stops_its_mapping_and_no_other() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE one (tenant int NOT NULL, id int PRIMARY KEY);
                CREATE TABLE two (tenant int NOT NULL, id int PRIMARY KEY);
                """, """
                mappings:
                  ones: { table: one, tenant: tenant, key: [id], target: one }
                  twos: { table: two, tenant: tenant, key: [id], target: two }
                """)) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO one VALUES (1, 1)", "INSERT INTO two VALUES (1, 1)");
            Rows.of(scenario.target(), "SELECT id FROM one").become("1");
            Rows.of(scenario.target(), "SELECT id FROM two").become("1");
            try (Connection holder = scenario.target().connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE one IN SHARE MODE");
                scenario.source().execute("INSERT INTO one VALUES (1, 2)");
                Rows.of(
                                scenario.source(),
                                "SELECT error LIKE '%lock timeout. Another session there holds a lock; pg_locks shows which"
                                        + " one. Tideline tries again' FROM tideline.target_state WHERE mapping_name = 'ones'")
                        .become("t");
                scenario.source().execute("INSERT INTO two VALUES (1, 2)");
                Rows.of(scenario.target(), "SELECT id FROM two ORDER BY 1").become("1", "2");
                holder.rollback();
            }
            Rows.of(scenario.target(), "SELECT id FROM one ORDER BY 1").become("1", "2");
        }
    }

    @Test
    void a_runtime_ends_within_ten_seconds_while_a_target_hangs() {
        try (SyncScenario scenario = SyncScenario.users();
                TcpProxy proxy = new TcpProxy(scenario.target().port())) {
            TestDatabase behind = scenario.addTarget("2", "unused");
            scenario.moveTarget("1");
            scenario.addTarget("1", "hangs", proxy.url(behind));
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada', false)");
            scenario.install();
            SyncRuntime runtime = scenario.run();
            Rows.of(behind, USERS).become("Ada");
            proxy.set(Mode.HANG);
            scenario.source().execute("UPDATE project_user SET display_name = 'Bob'");
            Rows.of(scenario.target(), USERS).become("Bob");
            long began = System.nanoTime();
            runtime.close();
            assertThat((System.nanoTime() - began) / 1e9).isLessThan(10);
        }
    }
}
