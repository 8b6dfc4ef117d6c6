package dev.tideline.sync.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.sync.SyncScenario;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * What somebody who watches costs those who work: a backlog is drained with a client on the event stream and without, in turn,
 * each by a runtime of its own. The long form ({@code mvn -Pmodel verify}) holds the ratio against the bar; the short one, which
 * may run on a busy machine, only sees that both drain and that the client is told.
 */
class WatchedDrainTest {

    private static final int ROWS = Integer.getInteger("tideline.watched.rows", 20_000);
    private static final boolean LONG = ROWS >= 100_000;
    private static final int PAIRS = LONG ? 9 : 1;

    private final AtomicLong told = new AtomicLong();

    @Test
    void a_client_on_the_event_stream_hardly_slows_the_drain() throws Exception {
        double[] ratios = new double[PAIRS];
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.source()
                    .execute("INSERT INTO project_user SELECT 1, i, 'before' FROM generate_series(1, " + ROWS + ") i");
            scenario.install();
            drain(scenario, false, "before"); // the first copy, and warm code
            drain(scenario, true, write(scenario));
            for (int pair = 0; pair < PAIRS; pair++) {
                boolean watchedFirst = pair % 2 == 0;
                long first = drain(scenario, watchedFirst, write(scenario));
                long second = drain(scenario, !watchedFirst, write(scenario));
                ratios[pair] = watchedFirst ? (double) second / first : (double) first / second;
            }
        }
        Arrays.sort(ratios);
        System.out.printf(
                "drain of %d rows with a client on the event stream: %.3f of that without (median of %d pairs, %.3f to %.3f)%n",
                ROWS, ratios[PAIRS / 2], PAIRS, ratios[0], ratios[PAIRS - 1]);
        assertThat(told.get()).as("bytes of events").isPositive();
        if (LONG) {
            assertThat(ratios[PAIRS / 2]).isGreaterThanOrEqualTo(0.95);
        }
    }

    private int written;

    private String write(SyncScenario scenario) {
        String name = "version " + ++written;
        scenario.source().execute("UPDATE project_user SET display_name = '" + name + "'");
        return name;
    }

    /** @return nanoseconds from the runtime's start until the target has it all */
    private long drain(SyncScenario scenario, boolean watched, String name) throws Exception {
        long began = System.nanoTime();
        try (var runtime = scenario.run();
                Api api = Api.of(runtime);
                InputStream events = watched ? events(api) : InputStream.nullInputStream()) {
            Thread client = new Thread(() -> read(events));
            client.setDaemon(true);
            client.start();
            await("all rows are " + name)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(10))
                    .ignoreExceptions()
                    .until(() -> scenario.target()
                            .value("SELECT count(*) FROM users WHERE display_name = '" + name + "'")
                            .equals(String.valueOf(ROWS)));
            return System.nanoTime() - began;
        }
    }

    private static InputStream events(Api api) throws Exception {
        return api.client()
                .send(api.authorized("/api/v1/events").GET().build(), BodyHandlers.ofInputStream())
                .body();
    }

    private void read(InputStream events) {
        try (events) {
            byte[] buffer = new byte[8192];
            for (int read = events.read(buffer); read >= 0; read = events.read(buffer)) {
                told.addAndGet(read);
            }
        } catch (java.io.IOException closed) {
            // the drain is over
        }
    }
}
