package dev.tideline.sync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TargetStateStoreTest {

    private static final String KNOWN = "SELECT string_agg(coalesce(error, last_synced_sequence_id::text), ', ')"
            + " FROM tideline.target_state WHERE mapping_name = 'users'";

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // which turns over, as a monotonic one may
    private SyncScenario scenario;
    private SourceDatabase source;
    private ExternalDatabase target;
    private TargetStateStore states;

    @BeforeEach
    void install() throws SQLException {
        scenario = SyncScenario.users();
        scenario.install();
        source = scenario.openSource();
        target = new TargetDirectory(source, scenario.plan()).all().get(0);
        states = new TargetStateStore(source, clock::get);
    }

    @AfterEach
    void close() {
        source.close();
        scenario.close();
    }

    private void ran(long cursor) throws SQLException {
        states.ran(
                target,
                new TargetSync.Result(
                        Map.of("users", new TargetSync.Position(cursor, Optional.of("definition"))), Map.of()),
                Map.of());
    }

    private void failed(String why) throws SQLException {
        SyncException failure = new SyncException(new SyncException.Subject("1", "main", "users"), why, null);
        states.ran(
                target,
                new TargetSync.Result(
                        Map.of("users", new TargetSync.Position(5, Optional.of("definition"))),
                        Map.of("users", failure)),
                Map.of("users", new TargetHealth.Failure(1, Duration.ofSeconds(1))));
    }

    private String known() {
        return scenario.source().value(KNOWN);
    }

    private void rest() {
        clock.addAndGet(TargetStateStore.REST.toNanos());
    }

    @Test
    void what_comes_right_after_another_is_written_a_little_later() throws SQLException {
        ran(1);
        assertThat(known()).isEqualTo("1");
        ran(2);
        ran(3);
        states.writeDue(false);
        assertThat(known()).as("it was written just now").isEqualTo("1");
        rest();
        states.writeDue(false);
        assertThat(known()).isEqualTo("3");
        ran(4);
        states.writeDue(true);
        assertThat(known()).as("the last chance").isEqualTo("4");
        rest();
        ran(5);
        assertThat(known()).isEqualTo("5");
    }

    @Test
    void a_failure_is_written_at_once_and_nothing_older_after_it() throws SQLException {
        ran(1);
        ran(2);
        failed("it broke");
        assertThat(known()).contains("it broke");
        rest();
        states.writeDue(true);
        assertThat(known()).contains("it broke");
        ran(3);
        assertThat(known()).as("well again").isEqualTo("3");
    }

    @Test
    void nothing_is_written_of_a_target_that_is_listed_no_more() throws SQLException {
        ran(1);
        ran(2);
        states.keepOnly(List.of("1"), List.of());
        states.writeDue(true);
        assertThat(known()).isNull();
    }

    @Test
    void what_could_not_be_written_is_written_later() throws SQLException {
        ran(1);
        ran(2);
        scenario.source().execute("ALTER TABLE tideline.target_state RENAME TO elsewhere");
        assertThatThrownBy(() -> states.writeDue(true)).hasMessageContaining("target_state");
        scenario.source().execute("ALTER TABLE tideline.elsewhere RENAME TO target_state");
        states.writeDue(true);
        assertThat(known()).isEqualTo("2");
    }
}
