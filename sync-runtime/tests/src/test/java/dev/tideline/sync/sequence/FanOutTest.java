package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private static final int LIMIT = 50;

    @Test
    void a_pass_takes_no_more_of_a_changes_dependants_than_its_limit_and_the_next_ones_take_the_rest()
            throws SQLException {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE team (id int PRIMARY KEY, name text);
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
                """)) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Sequencer sequencer = new Sequencer(source, LIMIT, Duration.ofHours(1), () -> {}, () -> {})) {
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
