package dev.tideline.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.LockWatch;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.loop.Await;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ApplicationLocksTest {

    private static final int WRITERS = 4;
    private static final int TURNS = 12;

    @Test
    void no_session_of_the_application_waits_for_us_while_change_tables_turn_under_load() throws Exception {
        try (SyncScenario scenario = SyncScenario.users()) {
            scenario.install();
            scenario.run();
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger written = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> writers = new ArrayList<>();
            try (SourceDatabase source = scenario.openSource();
                    Connection keeper = source.connection();
                    LockWatch watch = new LockWatch(scenario.source())) {
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writers.add(threads.submit(() -> {
                        write(scenario, writer, stop, written);
                        return null;
                    }));
                }
                // As the runtime's own does it, but at every look and however small the tables are.
                ChangeTableRotation rotation =
                        new ChangeTableRotation(InstalledLayout.read(keeper).orElseThrow(), 1, 1);
                String now = "SELECT change_table FROM tideline.sequencer";
                String[] table = {scenario.source().value(now)};
                int[] turns = {0};
                assertThat(Await.until(
                                () -> {
                                    rotation.runOnce(keeper);
                                    String current = scenario.source().value(now);
                                    turns[0] += current.equals(table[0]) ? 0 : 1;
                                    table[0] = current;
                                    return turns[0] >= TURNS;
                                },
                                Duration.ofMillis(1),
                                Duration.ofSeconds(60)))
                        .as("%s turns of the change table", TURNS)
                        .isTrue();
                stop.set(true);
                for (Future<?> writer : writers) {
                    writer.get();
                }
                assertThat(watch.waits()).isEmpty();
                assertThat(watch.looks()).isGreaterThan(20);
                assertThat(written.get()).isGreaterThan(TURNS);
            } finally {
                stop.set(true);
                threads.shutdownNow();
            }
        }
    }

    private static void write(SyncScenario scenario, int writer, AtomicBoolean stop, AtomicInteger written)
            throws SQLException {
        Random random = new Random(writer);
        try (Connection connection = LockWatch.application(scenario.source());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!stop.get()) {
                // Keys of its own, so that it can wait for nobody but us.
                for (int i = 0; i < 3; i++) {
                    long id = random.nextInt(50) * WRITERS + writer;
                    statement.execute("INSERT INTO project_user VALUES (" + (1 + id % 2) + ", " + id
                            + ", 'a', false) ON CONFLICT (id) DO UPDATE SET display_name = 'b' || random()");
                }
                connection.commit();
                written.incrementAndGet();
            }
        }
    }
}
