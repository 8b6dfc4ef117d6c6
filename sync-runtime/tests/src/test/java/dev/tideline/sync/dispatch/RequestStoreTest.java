package dev.tideline.sync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestStoreTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void several_changes_of_a_tenant_are_one_waiting_request() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1", "2", "1"));
                requests.enqueue(List.of("1"));
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .extracting(Claim::tenant)
                        .containsExactly("1", "2");
            }
        }
    }

    @Test
    void a_change_during_a_run_causes_another_run_after_it() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1"));
                Claim inFlight =
                        requests.claim("me", 10, LONG, installed(scenario), 0).get(0);
                requests.enqueue(List.of("1"));
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .isEmpty();
                assertThat(requests.finish(inFlight)).isTrue();
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .extracting(Claim::tenant)
                        .containsExactly("1");
            }
        }
    }

    @Test
    void a_claim_whose_end_was_lost_is_claimed_again_at_once_and_what_is_at_work_is_not() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1", "2"));
                List<Claim> claims = requests.claim("me", 10, LONG, installed(scenario), 0);
                assertThat(claims).extracting(Claim::tenant).containsExactly("1", "2");
                Claim atWork = claims.get(1);

                requests.reclaimLost("me", () -> List.of(atWork.requestId()));
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .as("while nothing is known to be lost")
                        .isEmpty();
                requests.lost();
                requests.reclaimLost("another", List::of);
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .as("what another one lost")
                        .isEmpty();
                requests.lost();
                requests.reclaimLost("me", () -> List.of(atWork.requestId()));
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .extracting(Claim::tenant)
                        .containsExactly("1");
            }
        }
    }

    @Test
    void a_request_that_was_carried_out_unclaimed_is_taken_back_unless_it_stands_for_more_by_then()
            throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1", "2", "3"));
                List<RequestStore.Waiting> asItWas = new ArrayList<>(requests.waiting("1"));
                asItWas.addAll(requests.waiting("2"));
                requests.enqueue(List.of("2"));
                requests.withdraw(asItWas);
                List<Claim> left = requests.claim("me", 10, LONG, installed(scenario), 0);
                assertThat(left).extracting(Claim::tenant).containsExactly("2", "3");

                assertThat(requests.waiting("3")).as("it is claimed").isEmpty();
                requests.enqueue(List.of("3"));
                List<RequestStore.Waiting> another = requests.waiting("3");
                left.forEach(claim -> finish(requests, claim));
                requests.claim("you", 10, LONG, installed(scenario), 0);
                requests.withdraw(another);
                assertThat(Rows.of(scenario.source(), "SELECT claimed_by FROM tideline.outgoing_request")
                                .now())
                        .containsExactly("you");
            }
        }
    }

    private static void finish(RequestStore requests, Claim claim) {
        try {
            requests.finish(claim);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_claim_whose_lease_ended_is_taken_over_and_can_end_nothing_any_more() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1"));
                Claim dead = requests.claim("dead", 10, Duration.ZERO, installed(scenario), 0)
                        .get(0);
                Claim alive = requests.claim("alive", 10, LONG, installed(scenario), 0)
                        .get(0);
                assertThat(alive.requestId()).isEqualTo(dead.requestId());
                assertThat(alive.fence()).isGreaterThan(dead.fence());
                assertThat(requests.finish(dead)).isFalse();
                assertThat(requests.renew(dead, LONG)).isFalse();
                requests.release(dead, Duration.ZERO, "late");
                assertThat(Rows.of(scenario.source(), "SELECT claimed_by FROM tideline.outgoing_request")
                                .now())
                        .containsExactly("alive");
                assertThat(requests.finish(alive)).isTrue();
            }
        }
    }

    @Test
    void a_released_request_waits_for_its_time_unless_a_newer_one_is_there() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1"));
                requests.release(
                        requests.claim("me", 10, LONG, installed(scenario), 0).get(0), LONG, "the target is down");
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .isEmpty();
                requests.enqueue(List.of("1"));
                assertThat(requests.claim("me", 10, LONG, installed(scenario), 0))
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_claim_whose_owner_died_need_not_wait_for_its_lease() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                Claimant living = new Claimant(1);
                Claimant dead = new Claimant(2);
                try (Connection alive = source.dedicated("test")) {
                    living.live(alive);
                    requests.enqueue(List.of("1", "2"));
                    Claim kept = requests.claim(living.text(), 1, LONG, installed(scenario), 0)
                            .get(0);
                    Claim lost = requests.claim(dead.text(), 1, LONG, installed(scenario), 0)
                            .get(0);
                    assertThat(requests.reclaimDead()).isEqualTo(1);
                    assertThat(requests.claim("3", 10, LONG, installed(scenario), 0))
                            .extracting(Claim::requestId)
                            .containsExactly(lost.requestId());
                    assertThat(requests.finish(kept)).isTrue();
                }
            }
        }
    }

    @Test
    void nothing_is_claimed_by_whoever_goes_by_another_layout() throws SQLException {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource()) {
                RequestStore requests = new RequestStore(source);
                requests.enqueue(List.of("1"));
                assertThat(requests.claim("outdated", 10, LONG, installed(scenario) - 1, 0))
                        .isEmpty();
                assertThat(requests.claim("current", 10, LONG, installed(scenario), 0))
                        .hasSize(1);
            }
        }
    }

    private static long installed(SyncScenario scenario) throws SQLException {
        return Long.parseLong(scenario.source().value("SELECT version FROM tideline.layout"));
    }
}
