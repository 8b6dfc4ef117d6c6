package dev.tideline.sync.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TenantSync;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.engine.RollCall;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollCallPassTest {

    private static final int TENANTS = 130;
    private static final String REQUESTED =
            "SELECT count(*) FROM tideline.outgoing_request WHERE kind = 'sync' AND lease_until IS NULL";

    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // which turns over, as a monotonic one may
    private SyncScenario scenario;
    private SourceDatabase source;
    private SyncPipeline pipeline;

    /** Tenant 1 was synced; the others are recorded as if they had been, each later than the one before. */
    @BeforeEach
    void sync() {
        scenario = SyncScenario.users();
        scenario.listTargetsInTable();
        scenario.source()
                .execute("INSERT INTO external_database VALUES (1, 'main', '"
                        + scenario.target().url() + "', true)");
        scenario.install();
        TenantSync.run(scenario.config(), "1", SyncListener.NONE);
        scenario.source()
                .execute("INSERT INTO tenancy SELECT generate_series(3, " + TENANTS + ");"
                        + " INSERT INTO external_database SELECT i, name, url, enabled"
                        + " FROM external_database, generate_series(2, " + TENANTS + ") i;"
                        + " INSERT INTO tideline.target_state (tenant, target, mapping_name, address,"
                        + " last_synced_sequence_id, definition, updated_at)"
                        + " SELECT i, target, mapping_name, address, last_synced_sequence_id, definition,"
                        + " updated_at + i * interval '1 second'"
                        + " FROM tideline.target_state, generate_series(2, " + TENANTS + ") i");
        source = scenario.openSource();
        pipeline = SyncRuntime.open(scenario.config(), source, SyncListener.NONE);
    }

    @AfterEach
    void close() {
        pipeline.close();
        source.close();
        scenario.close();
    }

    private RollCall.Order order() throws SQLException {
        return pipeline.rollCall().order();
    }

    private RollCallPass pass() {
        return new RollCallPass(
                pipeline.rollCall(), new RequestStore(source), busy::get, () -> {}, clock::get, new Signal());
    }

    private int requested() {
        return Integer.parseInt(scenario.source().value(REQUESTED));
    }

    @Test
    void targets_that_are_caught_up_are_checked_in_turn_most_recent_first() throws SQLException {
        RollCall.Order order = order();
        assertThat(order.now()).isEmpty();
        assertThat(order.inTurn())
                .hasSize(TENANTS)
                .startsWith("130", "129", "128")
                .endsWith("2", "1");
    }

    @Test
    void targets_of_which_something_is_to_be_expected_are_looked_at_now() throws SQLException {
        scenario.source()
                .execute("INSERT INTO external_database SELECT 2, 'another', url, true FROM external_database LIMIT 1;"
                        + " UPDATE external_database SET url = replace(url, '127.0.0.1', 'localhost') WHERE tenant = 3;"
                        + " UPDATE tideline.target_state SET error = 'it failed' WHERE tenant = '4' AND mapping_name = '';"
                        + " UPDATE tideline.target_state SET error = 'it failed' WHERE tenant = '5' AND mapping_name = 'users';"
                        + " UPDATE tideline.target_state SET definition = 'of old' WHERE tenant = '6';"
                        + " UPDATE tideline.target_state SET definition = NULL WHERE tenant = '7';"
                        + " DELETE FROM tideline.target_state WHERE tenant = '8'");
        assertThat(order().now()).containsExactlyInAnyOrder("2", "3", "4", "5", "6", "7", "8");
        assertThat(order().inTurn()).hasSize(TENANTS - 7).doesNotContainAnyElementsOf(order().now());
    }

    @Test
    void all_are_looked_at_now_when_a_table_was_truncated_and_whoever_saw_it_died() throws SQLException {
        scenario.source().execute("UPDATE tideline.stream SET epoch = epoch + 1");
        assertThat(order().now()).hasSize(TENANTS);
    }

    @Test
    void one_that_is_listed_no_more_is_not_looked_at() throws SQLException {
        scenario.source()
                .execute("DELETE FROM external_database WHERE tenant = 9;"
                        + " UPDATE external_database SET enabled = false WHERE tenant = 10");
        assertThat(order().now()).isEmpty();
        assertThat(order().inTurn()).hasSize(TENANTS - 2).doesNotContain("9", "10");
    }

    @Test
    void a_hundred_are_looked_at_right_away_and_the_others_one_by_one() throws SQLException {
        RollCallPass pass = pass();
        pass.call();
        for (int i = 1; i < RollCallPass.PROMPT; i++) {
            assertThat(pass.runOnce()).isInstanceOf(Pass.Next.Busy.class);
            assertThat(requested()).isEqualTo(i);
        }
        for (int i = RollCallPass.PROMPT; i <= TENANTS; i++) {
            assertThat(pass.runOnce()).isInstanceOf(Pass.Next.Idle.class);
            assertThat(requested()).isEqualTo(i);
        }
        assertThat(scenario.source()
                        .value("SELECT string_agg(tenant, ' ' ORDER BY request_id) FROM"
                                + " (SELECT * FROM tideline.outgoing_request ORDER BY request_id OFFSET "
                                + (RollCallPass.PROMPT - 1)
                                + " LIMIT 3) r"))
                .as("the last one of the first, and whom nobody has worked with for longest")
                .isEqualTo((TENANTS - RollCallPass.PROMPT + 1) + " 1 2");
        pass.runOnce();
        assertThat(requested()).isEqualTo(TENANTS);
    }

    @Test
    void changes_go_first_but_for_one_look_a_second() throws SQLException {
        busy.set(true);
        RollCallPass pass = pass();
        pass.call();
        pass.runOnce();
        assertThat(requested()).as("changes are on their way").isZero();
        for (int second = 1; second <= 3; second++) {
            clock.addAndGet(RollCallPass.PATIENCE.toNanos());
            pass.runOnce();
            pass.runOnce();
            assertThat(requested()).isEqualTo(second);
        }
        busy.set(false);
        pass.runOnce();
        assertThat(requested()).isEqualTo(4);
    }

    @Test
    void those_that_are_looked_at_now_wait_for_nobody() throws SQLException {
        busy.set(true);
        scenario.source().execute("DELETE FROM tideline.target_state WHERE tenant IN ('20', '30')");
        RollCallPass pass = pass();
        pass.call();
        pass.runOnce();
        assertThat(scenario.source()
                        .value("SELECT string_agg(tenant, ' ' ORDER BY tenant) FROM tideline.outgoing_request"))
                .isEqualTo("20 30");
    }

    @Test
    void a_call_begins_anew() throws SQLException {
        RollCallPass pass = pass();
        for (int call = 1; call <= 2; call++) {
            pass.call();
            pass.runOnce();
            pass.runOnce();
            assertThat(scenario.source().value("SELECT string_agg(tenant, ' ') FROM tideline.outgoing_request"))
                    .isEqualTo("130 129");
            scenario.source().execute("DELETE FROM tideline.outgoing_request");
        }
    }
}
