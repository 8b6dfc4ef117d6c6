package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private static final int LIMIT = 50;

    private static SyncScenario redTeamOf1000() {
        return SyncScenario.of("""
                CREATE TABLE team (id int PRIMARY KEY, name text, visits int NOT NULL DEFAULT 0);
                CREATE TABLE member (tenancy_id int NOT NULL, id int PRIMARY KEY, team_id int);
                INSERT INTO team VALUES (1, 'red');
                INSERT INTO member SELECT 1, i, 1 FROM generate_series(1, 1000) i;
                """, """
                mappings:
                  members:
                    table: member
                    tenant: tenancy_id
                    key: [id]
                    target: members
                    select: SELECT r.tenancy_id, r.id, t.name FROM member r JOIN team t ON t.id = r.team_id
                    depends_on: [{ table: team, key: { team_id: id } }]
                """);
    }

    private static Sequencer sequencer(SourceDatabase source) {
        return new Sequencer(source, LIMIT, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE);
    }

    private static long stale(SyncScenario scenario, long after) {
        return Long.parseLong(
                scenario.source().value("SELECT count(*) FROM tideline.row_state WHERE sequence_id > " + after));
    }

    @Test
    void a_fan_out_ends_although_its_row_keeps_changing_and_runs_once_more_for_the_last_change() throws SQLException {
        try (SyncScenario scenario = redTeamOf1000()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer = sequencer(source)) {
                for (int pass = 0; pass < 30; pass++) {
                    scenario.source().execute("UPDATE team SET name = 'green " + pass + "'");
                    sequencer.runOnce();
                }
                assertThat(stale(scenario, 0)).isEqualTo(1000);

                scenario.source().execute("UPDATE team SET name = 'blue'");
                long last = Long.parseLong(scenario.source().value("SELECT last_sequence_id FROM tideline.sequencer"));
                for (int pass = 0; pass < 50 && stale(scenario, last) < 1000; pass++) {
                    sequencer.runOnce();
                }
                assertThat(stale(scenario, last)).isEqualTo(1000);
                for (int pass = 0; pass < 50 && sequencer.runOnce() instanceof PassResult.Sequenced; pass++) {}
                assertThat(scenario.source().value("SELECT count(*) FROM tideline.fan_out"))
                        .isEqualTo("0");
            }
        }
    }

    @Test
    void a_change_of_a_column_that_no_mapping_reads_makes_no_row_stale() throws SQLException {
        try (SyncScenario scenario = redTeamOf1000()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer = sequencer(source)) {
                scenario.source().execute("UPDATE team SET visits = visits + 1");
                assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Nothing.class);

                scenario.source().execute("UPDATE team SET visits = visits + 1, name = 'green'");
                assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Sequenced.class);
            }
        }
    }

    @Test
    void a_column_that_is_read_and_was_renamed_or_dropped_disturbs_no_writer_and_all_changes_count()
            throws SQLException {
        try (SyncScenario scenario = redTeamOf1000()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer = sequencer(source)) {
                scenario.source().execute("ALTER TABLE team RENAME name TO label");
                scenario.source().execute("UPDATE team SET visits = visits + 1");
                assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Sequenced.class);
                scenario.source().execute("ALTER TABLE team DROP label");
                scenario.source().execute("UPDATE team SET visits = visits + 1");
                assertThat(scenario.source().value("SELECT visits FROM team")).isEqualTo("2");
            }
        }
    }

    @Test
    void a_pass_takes_no_more_of_a_changes_dependants_than_its_limit_and_the_next_ones_take_the_rest()
            throws SQLException {
        try (SyncScenario scenario = redTeamOf1000()) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer = sequencer(source)) {
                scenario.source().execute("UPDATE team SET name = 'green'");
                int passes = 0;
                while (sequencer.runOnce() instanceof PassResult.Sequenced pass) {
                    // One chunk for the change itself, and one of what was left over.
                    assertThat(pass.rows()).isLessThanOrEqualTo(2 * LIMIT);
                    passes++;
                    // A change in between is not held up by what is left.
                    scenario.source().execute("UPDATE member SET tenancy_id = 1 WHERE id = 1000");
                    if (passes > 1_000) {
                        break;
                    }
                    if (Rows.of(scenario.source(), "SELECT count(*) FROM tideline.fan_out")
                            .now()
                            .contains("0")) {
                        break;
                    }
                }
                assertThat(passes).isBetween(10, 30);
                assertThat(Rows.of(scenario.source(), "SELECT count(*) FROM tideline.row_state WHERE sequence_id > 0")
                                .now())
                        .containsExactly("1000");
            }
        }
    }
}
