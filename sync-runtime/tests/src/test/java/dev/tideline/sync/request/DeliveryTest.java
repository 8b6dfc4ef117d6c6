package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.OutgoingRequests;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/** How requests are tried, ordered and given up. */
class DeliveryTest {

    private static final String OPEN =
            "SELECT count(*) FROM tideline.outgoing_request WHERE kind = 'http' AND NOT dead";

    private static SyncScenario running(String requests) {
        SyncScenario scenario = SyncScenario.users();
        scenario.settings("requests: { allow_private: true, secret: " + Receiver.SECRET + ", " + requests + " }");
        scenario.install();
        scenario.run();
        return scenario;
    }

    private static void enqueue(SyncScenario scenario, Receiver receiver, String more) {
        scenario.source().execute("SELECT tideline.enqueue_request('" + receiver.url() + "'" + more + ")");
    }

    @Test
    void a_request_that_fails_is_tried_again_with_the_same_id() {
        AtomicInteger tries = new AtomicInteger();
        try (SyncScenario scenario = running("retry: 20ms");
                Receiver receiver =
                        new Receiver().answering(r -> Receiver.status(tries.incrementAndGet() < 3 ? 503 : 200))) {
            enqueue(scenario, receiver, "");
            assertThat(receiver.await(3))
                    .extracting(Receiver.Received::id)
                    .containsOnly(receiver.all().get(0).id());
            Rows.of(scenario.source(), OPEN).become("0");
            Rows.of(
                            scenario.source(),
                            "SELECT attempt, status, error FROM tideline.delivery_attempt ORDER BY attempt_id")
                    .become("1|503|answered 503", "2|503|answered 503", "3|200|NULL");
        }
    }

    @Test
    void after_the_last_try_it_is_a_dead_letter_that_can_be_tried_again_or_given_up() throws SQLException {
        AtomicInteger status = new AtomicInteger(500);
        try (SyncScenario scenario = running("retry: 10ms, attempts: 2");
                Receiver receiver = new Receiver()
                        .answering(r -> new MockResponse.Builder()
                                .code(status.get())
                                .body("no\nroom\u001b[31m")
                                .build());
                Connection source = scenario.source().connect()) {
            OutgoingRequests requests = new OutgoingRequests(source);
            enqueue(scenario, receiver, "");
            enqueue(scenario, receiver, "");
            Rows.of(scenario.source(), "SELECT attempts, last_error FROM tideline.outgoing_request WHERE dead")
                    .become("2|answered 500: no room [31m", "2|answered 500: no room [31m");
            List<OutgoingRequests.Entry> dead = requests.list(Optional.of(OutgoingRequests.State.DEAD), 0, 10);
            assertThat(requests.attempts(dead.get(0).id())).hasSize(2);
            assertThat(requests.discard(List.of(dead.get(1).id()))).isEqualTo(1);

            status.set(200);
            int before = receiver.all().size();
            assertThat(requests.retryAll()).isEqualTo(1);
            assertThat(receiver.await(before + 1).get(before).id())
                    .isEqualTo(dead.get(0).messageId());
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.http_request")
                    .become("0");
        }
    }

    @Test
    void gone_ends_it_and_a_redirect_is_not_followed() {
        try (SyncScenario scenario = running("retry: 10ms, attempts: 2");
                Receiver elsewhere = new Receiver();
                Receiver gone = new Receiver().answering(r -> Receiver.status(410));
                Receiver moved = new Receiver()
                        .answering(r -> new MockResponse.Builder()
                                .code(307)
                                .setHeader("location", elsewhere.url())
                                .build())) {
            enqueue(scenario, gone, "");
            enqueue(scenario, moved, "");
            Rows.of(
                            scenario.source(),
                            "SELECT attempts, last_error FROM tideline.outgoing_request WHERE dead ORDER BY request_id")
                    .become("1|answered 410", "2|answered 307 (redirects are not followed)");
            assertThat(elsewhere.all()).isEmpty();
            assertThat(elsewhere.refused()).isEmpty();
        }
    }

    @Test
    void the_receiver_says_when_to_come_again_and_no_more_than_an_hour_is_waited() {
        try (SyncScenario scenario = running("retry: 10ms");
                Receiver receiver = new Receiver()
                        .answering(r -> new MockResponse.Builder()
                                .code(429)
                                .setHeader("retry-after", "999999999")
                                .build())) {
            enqueue(scenario, receiver, "");
            Rows.of(
                            scenario.source(),
                            "SELECT not_before BETWEEN clock_timestamp() + interval '59 minutes'"
                                    + " AND clock_timestamp() + interval '60 minutes' FROM tideline.http_request"
                                    + " WHERE attempts = 1 AND lease_until IS NULL")
                    .become("t");
        }
    }

    @Test
    void an_attempt_is_one_request_whatever_the_receiver_answers_or_the_application_expects() {
        try (SyncScenario scenario = running("retry: 10ms, attempts: 2");
                Receiver busy = new Receiver()
                        .answering(r -> new MockResponse.Builder()
                                .code(503)
                                .setHeader("retry-after", "0")
                                .build());
                Receiver absurd = new Receiver()
                        .answering(r -> new MockResponse.Builder()
                                .code(503)
                                .setHeader("retry-after", "9".repeat(30))
                                .build());
                Receiver plain = new Receiver()) {
            enqueue(scenario, busy, "");
            enqueue(scenario, absurd, "");
            enqueue(scenario, plain, ", headers => '{\"Expect\": \"100-continue\"}'");
            Rows.of(
                            scenario.source(),
                            "SELECT attempts, dead, last_error, not_before > now() + interval '59 minutes'"
                                    + " FROM tideline.http_request ORDER BY request_id")
                    .become("2|t|answered 503|f", "1|f|answered 503|t");
            assertThat(busy.all()).hasSize(2);
            assertThat(absurd.all()).hasSize(1);
            assertThat(plain.all()).hasSize(1);
        }
    }

    @Test
    void a_flow_of_one_at_a_time_arrives_in_its_order_whatever_fails() {
        AtomicInteger tries = new AtomicInteger();
        try (SyncScenario scenario = running("retry: 10ms");
                Receiver receiver =
                        new Receiver().answering(r -> Receiver.status(tries.incrementAndGet() % 3 == 0 ? 500 : 200))) {
            scenario.source()
                    .execute("SELECT tideline.enqueue_request('" + receiver.url()
                            + "', to_jsonb(i), flow_key => 'ordered') FROM generate_series(1, 20) i");
            Rows.of(scenario.source(), OPEN).become("0");
            assertThat(receiver.all().stream().map(r -> r.body().asInt()).distinct())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
            assertThat(receiver.all().stream().map(r -> r.body().asInt()).toList())
                    .isSorted();
        }
    }

    @Test
    void no_more_of_a_flow_are_on_their_way_than_it_allows() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch three = new CountDownLatch(3);
        try (SyncScenario scenario = running("retry: 10ms");
                Receiver receiver = new Receiver().answering(r -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    three.countDown();
                    await(three);
                    now.decrementAndGet();
                    return Receiver.status(200);
                })) {
            scenario.source()
                    .execute("SELECT tideline.enqueue_request('" + receiver.url()
                            + "', to_jsonb(i), flow_key => 'three', parallelism => 3) FROM generate_series(1, 30) i");
            Rows.of(scenario.source(), OPEN).become("0");
            assertThat(receiver.all()).hasSize(30);
            assertThat(most.get()).isEqualTo(3);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void of_requests_with_one_deduplication_key_the_newest_is_sent() {
        try (SyncScenario scenario = SyncScenario.users();
                Receiver receiver = new Receiver()) {
            scenario.settings("requests: { allow_private: true, secret: " + Receiver.SECRET + " }");
            scenario.install();
            for (int i = 1; i <= 5; i++) {
                enqueue(scenario, receiver, ", '" + i + "', deduplication_key => 'k'");
            }
            scenario.run();
            Rows.of(scenario.source(), OPEN).become("0");
            assertThat(receiver.all()).extracting(r -> r.body().asInt()).containsExactly(5);
        }
    }

    @Test
    void a_dead_letter_that_a_newer_request_overtakes_is_not_kept() throws SQLException {
        AtomicInteger status = new AtomicInteger(500);
        try (SyncScenario scenario = running("retry: 10ms, attempts: 1");
                Receiver receiver = new Receiver().answering(r -> Receiver.status(status.get()));
                Connection source = scenario.source().connect()) {
            enqueue(scenario, receiver, ", '1', deduplication_key => 'k'");
            enqueue(scenario, receiver, ", '1', deduplication_key => 'other'");
            Rows.of(scenario.source(), "SELECT count(*) FROM tideline.http_request WHERE dead")
                    .become("2");
            status.set(200);
            enqueue(scenario, receiver, ", '2', deduplication_key => 'k'");
            Rows.of(scenario.source(), "SELECT deduplication_key, dead FROM tideline.http_request")
                    .become("application:other|t");
            assertThat(new OutgoingRequests(source).retryAll()).isEqualTo(1);
        }
    }

    @Test
    void a_receiver_that_does_not_answer_keeps_nobody_elses_waiting() {
        CountDownLatch never = new CountDownLatch(1);
        try (SyncScenario scenario = running("retry: 10s");
                Receiver receiver = new Receiver();
                Receiver hanging = new Receiver().answering(r -> {
                    await(never);
                    return Receiver.status(200);
                })) {
            scenario.source()
                    .execute("SELECT tideline.enqueue_request('" + hanging.url()
                            + "', flow_key => i::text) FROM generate_series(1, 500) i");
            hanging.await(32);
            enqueue(scenario, receiver, "");
            assertThat(receiver.await(1)).hasSize(1);
            assertThat(hanging.all()).hasSize(32);
            scenario.source().execute("INSERT INTO project_user VALUES (1, 1, 'Ada')");
            Rows.of(scenario.target(), "SELECT display_name FROM users").become("Ada");
            never.countDown();
        }
    }

    @Test
    void while_the_poller_is_paused_nothing_is_sent() {
        try (SyncScenario scenario = SyncScenario.users();
                Receiver receiver = new Receiver()) {
            scenario.settings("requests: { allow_private: true, secret: " + Receiver.SECRET + " }");
            scenario.install();
            scenario.source().execute("INSERT INTO tideline.fuse VALUES ('poller', false)");
            enqueue(scenario, receiver, "");
            scenario.run();
            scenario.source().execute("INSERT INTO tideline.signing_secret DEFAULT VALUES"); // anything that commits
            assertThat(Rows.of(scenario.source(), OPEN).now()).containsExactly("1");
            scenario.source().execute("DELETE FROM tideline.fuse");
            assertThat(receiver.await(1)).hasSize(1);
        }
    }
}
