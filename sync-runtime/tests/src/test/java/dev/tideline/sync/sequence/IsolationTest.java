package dev.tideline.sync.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A change that cannot be sequenced stops neither the changes beside it nor those behind it. */
class IsolationTest {

    private static final String DDL = """
            CREATE TYPE kind AS ENUM ('email', 'phone');
            CREATE TABLE contact (tenant int NOT NULL, id int, kind kind, v text, PRIMARY KEY (id, kind));
            INSERT INTO contact VALUES (1, 1, 'email', 'v'), (1, 1, 'phone', 'v');
            CREATE TABLE other (tenant int NOT NULL, id int PRIMARY KEY, team int);
            INSERT INTO other VALUES (1, 1, 7);
            CREATE TABLE team (id int PRIMARY KEY, name text);
            INSERT INTO team VALUES (7, 'red');
            """;
    private static final String MAPPINGS = """
            mappings:
              contacts: { table: contact, tenant: tenant, key: [id, kind] }
              others:
                table: other
                tenant: tenant
                key: id
                select: SELECT r.id, t.name FROM other r LEFT JOIN team t ON t.id = r.team
                depends_on: [{ table: team, key: { team: id } }]
            """;
    private static final String OWED =
            "SELECT s.table_name FROM tideline.stream s JOIN tideline.capture_watch w USING (stream_id) WHERE owed IS NOT NULL ORDER BY 1";

    /** The name of an enum's label changes in the very transaction that captured it. */
    private static final String POISON =
            "BEGIN; UPDATE contact SET v = 'w'; ALTER TYPE kind RENAME VALUE 'email' TO 'mail'; COMMIT";

    static Stream<Arguments> poisons() {
        return Stream.of(
                Arguments.of(POISON, List.of("contact")),
                Arguments.of("UPDATE contact SET v = 'w'; ALTER TYPE kind RENAME TO sort", List.of("contact")),
                Arguments.of("UPDATE contact SET v = 'w'; DROP TABLE tideline.ledger_1", List.of("contact")),
                Arguments.of("UPDATE team SET name = 'blue'; ALTER TABLE other RENAME team TO squad", List.of("team")),
                Arguments.of("UPDATE team SET name = 'blue'; ALTER TABLE other RENAME TO others", List.of("team")));
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void the_others_are_sequenced_and_the_table_is_compared(String poison, List<String> compared) throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(
                        DDL + "CREATE TABLE good (tenant int NOT NULL, id int PRIMARY KEY);",
                        MAPPINGS + "  goods: { table: good, tenant: tenant, key: id }\n");
                SourceDatabase source = scenario.openSource()) {
            scenario.install();
            try (Sequencer sequencer =
                    new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
                sequencer.runOnce(); // so that the next pass is not the one that looks first
                scenario.source().execute(poison);
                scenario.source().execute("INSERT INTO good VALUES (1, 1)");
                assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Sequenced.class);
                assertThat(goods(scenario)).containsExactly("1");
                assertThat(Rows.of(scenario.source(), OWED).now()).isEqualTo(compared);

                scenario.source().execute("INSERT INTO good VALUES (1, 2)");
                sequencer.runOnce();
                assertThat(goods(scenario)).containsExactly("1", "2");
                assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Nothing.class);
            }
        }
    }

    private static List<String> goods(SyncScenario scenario) {
        String ledger =
                "ledger_" + scenario.source().value("SELECT stream_id FROM tideline.stream WHERE table_name = 'good'");
        return Rows.of(scenario.source(), "SELECT k1 FROM tideline." + ledger + " ORDER BY sequence_id")
                .now();
    }

    @Test
    void of_the_same_table_what_can_be_read_is_sequenced_at_once() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS);
                SourceDatabase source = scenario.openSource();
                Sequencer sequencer =
                        new Sequencer(source, 100, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
            scenario.install();
            sequencer.runOnce();
            scenario.source().execute(POISON);
            assertThat(sequencer.runOnce()).isEqualTo(new PassResult.Sequenced(2, 1, 1, false));
            assertThat(Rows.of(scenario.source(), "SELECT k1, k2 FROM tideline.ledger_1")
                            .now())
                    .containsExactly("1|phone");
            assertThat(scenario.source().value("SELECT owed FROM tideline.capture_watch WHERE stream_id = 1"))
                    .startsWith("changes could not be sequenced: ERROR: invalid input value for enum kind: \"email\"");
        }
    }

    @Test
    void an_unfinished_fan_out_that_cannot_continue_is_given_up_and_its_table_compared() throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS);
                SourceDatabase source = scenario.openSource();
                Sequencer sequencer = new Sequencer(source, 2, Duration.ofHours(1), () -> {}, () -> {}, Tracing.NONE)) {
            scenario.source().execute("INSERT INTO other SELECT 1, i, 7 FROM generate_series(2, 9) i");
            scenario.install();
            sequencer.runOnce();
            scenario.source().execute("UPDATE team SET name = 'blue'");
            sequencer.runOnce();
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.fan_out"))
                    .isEqualTo("1");
            scenario.source().execute("ALTER TABLE other RENAME team TO squad");
            assertThat(sequencer.runOnce()).isInstanceOf(PassResult.Nothing.class);
            assertThat(scenario.source().value("SELECT count(*) FROM tideline.fan_out"))
                    .isEqualTo("0");
            assertThat(Rows.of(scenario.source(), OWED).now()).containsExactly("other");
        }
    }

    @Test
    void a_mapping_continues_once_its_table_has_its_name_again() {
        try (SyncScenario scenario = SyncScenario.of(DDL, MAPPINGS)) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, name FROM others").become("1|red");
            scenario.source()
                    .execute("ALTER TABLE other RENAME TO hidden; UPDATE team SET name = 'blue';"
                            + " INSERT INTO hidden VALUES (1, 2, 7); UPDATE contact SET v = 'w'");
            Rows.of(scenario.target(), "SELECT kind, v FROM contacts ORDER BY 1")
                    .become("email|w", "phone|w");
            Rows.of(scenario.source(), "SELECT trouble FROM tideline.capture_watch WHERE trouble IS NOT NULL")
                    .become("table other was renamed to hidden. Use this name in the configuration and run"
                            + " \"install\", or rename it back");
            scenario.source().execute("ALTER TABLE hidden RENAME TO other");
            Rows.of(scenario.target(), "SELECT id, name FROM others ORDER BY id")
                    .become("1|blue", "2|blue");
        }
    }
}
