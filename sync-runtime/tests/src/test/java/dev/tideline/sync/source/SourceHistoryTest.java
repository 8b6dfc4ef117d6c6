package dev.tideline.sync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.SyncScenario;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceHistoryTest {

    private final Object session = new Object();
    private final AtomicInteger calls = new AtomicInteger();
    private SyncScenario scenario;
    private SourceDatabase source;
    private SourceHistory history;

    @BeforeEach
    void install() {
        scenario = SyncScenario.users();
        scenario.install();
        source = scenario.openSource();
        history = new SourceHistory(source, calls::incrementAndGet);
    }

    @AfterEach
    void close() {
        source.close();
        scenario.close();
    }

    private long last() {
        return Long.parseLong(scenario.source().value("SELECT last_sequence_id FROM tideline.sequencer"));
    }

    private void beginTerm() {
        scenario.source().value("SELECT tideline.begin_term()");
    }

    private boolean lost(long id) throws SQLException {
        return lost("1", id);
    }

    private boolean lost(String tenant, long id) throws SQLException {
        return history.lost(session, tenant, tenant + "/main", List.of(id));
    }

    @Test
    void an_id_that_was_given_is_known_whatever_terms_come_after_it() throws SQLException {
        long given = last();
        beginTerm();
        assertThat(lost(given)).isFalse();
        assertThat(lost(last())).isFalse();
    }

    @Test
    void an_id_between_two_terms_is_lost_and_everybody_is_told_once_another_tenant_has_one_too() throws SQLException {
        long given = last();
        beginTerm();
        assertThat(lost(given + 1)).isTrue();
        assertThat(lost(given + 2)).isTrue();
        assertThat(calls).as("one tenant alone").hasValue(0);

        assertThat(lost("2", given + 3)).isTrue();
        assertThat(calls).hasValue(1);
        assertThat(lost(given + 1)).isFalse();
        assertThat(lost("2", given + 1)).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void what_is_compared_for_one_term_is_not_compared_again_for_those_before_it() throws SQLException {
        long before = last();
        beginTerm();
        long given = last();
        beginTerm();
        assertThat(lost(given + 1)).isTrue();
        assertThat(lost("2", given + 1)).isTrue();

        assertThat(lost(before + 1)).isFalse();
        assertThat(lost("2", before + 1)).isFalse();
        assertThat(calls).hasValue(1);
    }

    @Test
    void what_is_above_all_that_was_given_waits_for_the_next_term_to_tell() throws SQLException {
        long ahead = last() + 1;
        assertThatThrownBy(() -> lost(ahead))
                .isInstanceOf(SourceHistory.AheadException.class)
                .hasMessage("the source has not reached the ids " + ahead
                        + ", which the database has seen; waiting for a sequencer to find out why. If"
                        + " somebody set them by hand, run there: UPDATE tideline_sync_metadata SET"
                        + " last_synced_sequence_id = -1, definition = NULL; then everything is compared");
        beginTerm();
        assertThat(lost(ahead)).isTrue();
    }

    @Test
    void a_connection_is_asked_about_once_until_the_source_was_lost() throws SQLException {
        assertThat(history.toBeAsked(session, 0)).isTrue();
        assertThat(lost(last())).isFalse();
        assertThat(history.toBeAsked(session, 0)).isFalse();
        assertThat(history.toBeAsked(new Object(), 0)).as("another one").isTrue();

        history.connected();
        assertThat(history.toBeAsked(session, 0)).isTrue();
    }

    @Test
    void a_connection_whose_ids_were_lost_is_asked_about_again() throws SQLException {
        long given = last();
        beginTerm();
        assertThat(lost(given + 1)).isTrue();
        assertThat(history.toBeAsked(session, 0)).isTrue();
    }

    @Test
    void a_batch_that_leaps_over_a_tenth_of_a_second_is_asked_about_every_time() throws SQLException {
        assertThat(lost(last())).isFalse();
        assertThat(history.toBeAsked(session, 100_000)).isFalse();
        assertThat(history.toBeAsked(session, 100_001)).isTrue();
    }
}
