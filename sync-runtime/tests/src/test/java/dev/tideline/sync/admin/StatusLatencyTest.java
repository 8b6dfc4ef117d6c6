package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.SyncScenario;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * The status of very many tenants, half of whom are behind. How long an answer takes follows from the page and not from the
 * ledger. The long form (10,000,000 entries, {@code mvn -Pmodel verify}) holds the 99th percentile of a runtime whose code is
 * compiled against the bar; the short one, which may run on a busy machine, the median.
 */
class StatusLatencyTest {

    private static final int TENANTS = 10_000;
    private static final long ROWS = Long.getLong("tideline.status.rows", 200_000);
    private static final boolean LONG = ROWS >= 1_000_000;
    private static final int ASKED = LONG ? 2_000 : 200;

    /** Questions before the measured ones: in the first second of a JVM, an answer takes ten times as long. */
    private static final int WARMING = LONG ? 1_000 : 0;

    @Test
    void an_answer_does_not_wait_for_ledgers_to_be_counted() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            String ledger = "tideline.ledger_"
                    + scenario.source().value("SELECT stream_id FROM tideline.stream WHERE kind = 'root'");
            scenario.source()
                    .execute("INSERT INTO tideline.fuse (name, enabled) VALUES ('poller', false);"
                            + " INSERT INTO " + ledger + " (tenant, k1, sequence_id, changed_at) SELECT 't' || i % "
                            + TENANTS
                            + ", i, i, clock_timestamp() FROM generate_series(1, " + ROWS + ") i;"
                            + " INSERT INTO tideline.target_state (tenant, target, mapping_name, address, last_synced_sequence_id)"
                            + " SELECT 't' || i, 'main', m, 'postgres://x/y', CASE m WHEN 'users' THEN 0 END FROM generate_series(0, "
                            + (TENANTS - 1)
                            + ") i, unnest(ARRAY['', 'users']) m;"
                            + " INSERT INTO tideline.outgoing_request (kind, tenant, deduplication_key) SELECT 'sync', 't' || i, 's' || i FROM generate_series(0, "
                            + (TENANTS / 2) + ") i;"
                            + " INSERT INTO tideline.sequenced_figures VALUES ((SELECT stream_id FROM tideline.stream WHERE kind = 'root'), "
                            + ROWS
                            + ", 0, " + ROWS + ", 1, " + ROWS + ");"
                            + " ANALYZE " + ledger
                            + "; ANALYZE tideline.target_state; ANALYZE tideline.outgoing_request");
            try (Api api = Api.of(scenario.run())) {
                await(LONG ? "measuring has begun" : "half of the backlog is measured, which is all that is behind")
                        .atMost(Duration.ofMinutes(5))
                        .until(() -> api.get("/api/v1/status")
                                        .json()
                                        .at("/totals/backlog")
                                        .asLong()
                                > (LONG ? 0 : ROWS / 2 - ROWS / 100));
                long[] nanos = new long[ASKED];
                for (int i = -WARMING; i < ASKED; i++) {
                    long began = System.nanoTime();
                    Api.Answer answer = api.get("/api/v1/status?page=" + (1 + (i + WARMING) * 7 % 200));
                    nanos[Math.max(0, i)] = System.nanoTime() - began;
                    assertThat(answer.json().at("/external_databases")).hasSize(50);
                    assertThat(answer.json().at("/page/total").asLong()).isEqualTo(TENANTS);
                }
                Arrays.sort(nanos);
                System.out.printf(
                        "status of %d tenants and %d ledger entries: p50 %.1f ms, p99 %.1f ms%n",
                        TENANTS, ROWS, nanos[ASKED / 2] / 1e6, nanos[ASKED * 99 / 100] / 1e6);
                assertThat(Duration.ofNanos(nanos[LONG ? ASKED * 99 / 100 : ASKED / 2]))
                        .as(LONG ? "99th percentile" : "median")
                        .isLessThan(Duration.ofMillis(50));
            }
        }
    }
}
