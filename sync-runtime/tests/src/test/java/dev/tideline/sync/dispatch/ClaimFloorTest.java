package dev.tideline.sync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimFloorTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared hit=(\\d+)");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // which turns over, as a monotonic one may
    private SyncScenario scenario;
    private SourceDatabase source;
    private RequestStore requests;
    private ClaimFloor floor;
    private long layout;

    @BeforeEach
    void install() {
        scenario = SyncScenario.users();
        scenario.install();
        source = scenario.openSource();
        requests = new RequestStore(source);
        floor = new ClaimFloor(requests, clock::get);
        layout = Long.parseLong(scenario.source().value("SELECT version FROM tideline.layout"));
    }

    @AfterEach
    void close() {
        source.close();
        scenario.close();
    }

    private List<Claim> claim() throws SQLException {
        return requests.claim("me", 100, LEASE, layout, floor.id());
    }

    private void carryOut(int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            requests.enqueue(List.of("1"));
            List<Claim> claims = claim();
            assertThat(claims).hasSize(1);
            requests.finish(claims.get(0));
        }
    }

    /** Has made a request, and not committed it. */
    private Connection requestOfTenant2() throws SQLException {
        Connection slow = scenario.source().connect();
        slow.setAutoCommit(false);
        try (Statement statement = slow.createStatement()) {
            statement.execute("INSERT INTO tideline.outgoing_request (kind, tenant, deduplication_key, flow_key)"
                    + " VALUES ('sync', '2', 'slow', 'sync:2')");
        }
        return slow;
    }

    private void aWhilePasses() {
        clock.addAndGet(ClaimFloor.EVERY.toNanos());
    }

    private String generation() {
        return scenario.source().value("SELECT last_value FROM tideline.request_generation");
    }

    @Test
    void it_rises_behind_what_is_done_and_stops_at_what_is_not() throws SQLException {
        assertThat(floor.id()).isZero();
        carryOut(3);
        aWhilePasses();
        floor.id();
        carryOut(1);
        aWhilePasses();
        assertThat(floor.id()).isEqualTo(4);

        requests.enqueue(List.of("1"));
        Claim open = claim().get(0);
        requests.enqueue(List.of("2"));
        requests.finish(claim().get(0));
        aWhilePasses();
        floor.id();
        aWhilePasses();
        assertThat(floor.id()).isEqualTo(open.requestId());
    }

    @Test
    void a_request_whose_transaction_commits_after_younger_ones_were_done_is_claimed_at_once() throws SQLException {
        floor.id();
        try (Connection slow = requestOfTenant2()) {
            carryOut(2);
            aWhilePasses();
            floor.id();
            slow.commit();
        }
        assertThat(claim()).extracting(Claim::tenant).containsExactly("2");
    }

    @Test
    void a_request_whose_transaction_was_open_for_long_is_claimed_after_a_while() throws SQLException {
        floor.id();
        try (Connection slow = requestOfTenant2()) {
            carryOut(2);
            aWhilePasses();
            floor.id();
            aWhilePasses();
            floor.id();
            slow.commit();
        }
        assertThat(claim()).as("not looked at for now").isEmpty();
        aWhilePasses();
        assertThat(claim()).extracting(Claim::tenant).containsExactly("2");
    }

    @Test
    void requests_that_go_back_do_not_pile_up_one_for_each_generation() throws SQLException {
        requests.enqueue(List.of("1"));
        for (int i = 0; i < 5; i++) {
            for (Claim claim : claim()) {
                requests.release(claim, Duration.ZERO, "the target is down");
            }
            requests.beginGeneration();
            requests.enqueue(List.of("1")); // it has changed
        }
        for (Claim claim : claim()) {
            requests.release(claim, Duration.ZERO, "the target is down");
        }
        assertThat(Integer.parseInt(scenario.source().value("SELECT count(*) FROM tideline.outgoing_request")))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void a_generation_begins_only_after_many_requests() throws SQLException {
        String before = generation();
        carryOut(10);
        aWhilePasses();
        floor.id();
        assertThat(generation()).isEqualTo(before);
    }

    @Test
    void under_an_open_transaction_neither_a_claim_nor_a_request_walks_over_all_that_were_done() throws SQLException {
        try (Connection open = scenario.source().connect();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            statement.execute("SELECT 1 FROM tenancy");
            floor.id();
            carryOut(5 * (int) ClaimFloor.MANY);
            int requesting = pages("enqueue-sync", (Object) new String[] {"1"});
            int claiming = pages("claim", "1 minute", "me", 0L, layout, 100);
            aWhilePasses();
            floor.id();
            aWhilePasses();
            assertThat(pages("enqueue-sync", (Object) new String[] {"1"}))
                    .as("pages that a request reads, before %s", requesting)
                    .isLessThan(requesting / 4);
            assertThat(pages("claim", "1 minute", "me", floor.id(), layout, 100))
                    .as("pages that a claim reads, before %s", claiming)
                    .isLessThan(claiming / 4);
        }
    }

    /** Pages that a statement reads, which is not carried out. */
    private int pages(String operation, Object... parameters) throws SQLException {
        try (Connection connection = scenario.source().connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement explain = connection.prepareStatement(
                    "EXPLAIN (ANALYZE, BUFFERS) " + SqlTemplate.text("3-dispatch/" + operation))) {
                for (int i = 0; i < parameters.length; i++) {
                    explain.setObject(
                            i + 1,
                            parameters[i] instanceof String[] texts
                                    ? connection.createArrayOf("text", texts)
                                    : parameters[i]);
                }
                try (ResultSet plan = explain.executeQuery()) {
                    while (plan.next()) {
                        Matcher buffers = BUFFERS.matcher(plan.getString(1));
                        if (buffers.find()) {
                            return Integer.parseInt(buffers.group(1)); // of the topmost node, which counts all below it
                        }
                    }
                }
            } finally {
                connection.rollback();
            }
        }
        throw new AssertionError(operation + " told of no buffers");
    }
}
