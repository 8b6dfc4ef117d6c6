package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.error.NotInstalledException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that take another form which is equal to the former one at the source, and may be another key at the target. */
class EqualKeysTest {

    /**
     * @param both runs at both ends
     * @param type of the key
     * @param forms three of one value, equal at the source
     */
    record Kind(String what, String source, String both, String type, List<String> forms) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static final String FOLDING =
            "CREATE COLLATION folding (provider = icu, locale = 'und-u-ks-level2', deterministic = false);";
    private static final List<String> FOO = List.of("'Foo'", "'FOO'", "'foo'");

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind("citext, which the target lacks", "CREATE EXTENSION citext;", "", "citext", FOO),
                new Kind("citext at both ends", "", "CREATE EXTENSION citext;", "citext", FOO),
                new Kind("a collation that ignores case", FOLDING, "", "text COLLATE folding", FOO),
                new Kind("varchar so collated", FOLDING, "", "varchar(9) COLLATE folding", FOO),
                new Kind(
                        "a domain so collated",
                        FOLDING + "CREATE DOMAIN name_ AS text COLLATE folding;",
                        "",
                        "name_",
                        FOO),
                new Kind(
                        "an array so collated",
                        FOLDING,
                        "",
                        "text[] COLLATE folding",
                        List.of("'{Foo,x}'", "'{FOO,X}'", "'{foo,x}'")),
                new Kind(
                        "a composite, which the target lacks",
                        "CREATE TYPE price AS (amount numeric);",
                        "",
                        "price",
                        List.of("ROW(1.0)", "ROW(1.000)", "ROW(1)")),
                new Kind(
                        "a composite at both ends",
                        "",
                        "CREATE TYPE price AS (amount numeric);",
                        "price",
                        List.of("ROW(1.0)", "ROW(1.000)", "ROW(1)")),
                new Kind("numeric", "", "", "numeric", List.of("1.0", "1.000", "1")),
                new Kind("double precision", "", "", "double precision", List.of("0", "'-0'", "0")),
                new Kind("jsonb", "", "", "jsonb", List.of("'{\"a\": 1.0}'", "'{\"a\": 1.00}'", "'{\"a\": 1}'")),
                new Kind("bpchar", "", "", "bpchar", List.of("'a'", "'a  '", "'a '")),
                new Kind("char(4)", "", "", "char(4)", List.of("'a'", "'a  '", "'a '")),
                new Kind(
                        "an enum, which the target lacks",
                        "CREATE TYPE mood AS ENUM ('a', 'b');",
                        "",
                        "mood",
                        List.of("'a'", "'a'", "'a'")),
                new Kind("text", "", "", "text", List.of("'Foo'", "'FOO'", "'foo'")));
    }

    private static SyncScenario scenario(Kind kind) {
        SyncScenario scenario = SyncScenario.of(
                kind.source + kind.both + "CREATE TABLE thing (tenant int, k " + kind.type
                        + " PRIMARY KEY, team int, v int);"
                        + "CREATE TABLE team (id int PRIMARY KEY); INSERT INTO team VALUES (1)",
                """
                mappings:
                  thing:
                    table: thing
                    tenant: tenant
                    key: k
                    depends_on: [{ table: team, key: { team: id } }]
                """);
        if (!kind.both.isEmpty()) {
            scenario.target().execute(kind.both);
        }
        return scenario;
    }

    private static void same(SyncScenario scenario) {
        String rows = "SELECT concat('[', k, ']'), v FROM thing ORDER BY concat(k) COLLATE \"C\"";
        Rows.of(scenario.target(), rows)
                .become(Rows.of(scenario.source(), rows).now().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_key_that_takes_another_form_replaces_its_row(Kind kind) {
        follows(kind, 5_000);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void so_it_does_where_each_form_is_a_batch_of_its_own(Kind kind) {
        follows(kind, 1);
    }

    private static void follows(Kind kind, int batchSize) {
        try (SyncScenario scenario = scenario(kind)) {
            scenario.settings("sync: { batch_size: " + batchSize + " }");
            TestDatabase source = scenario.source();
            source.execute("INSERT INTO thing VALUES (1, " + kind.forms.get(0) + ", 1, 1)");
            scenario.install();
            scenario.run();
            same(scenario);
            source.execute("UPDATE thing SET k = " + kind.forms.get(1));
            same(scenario);
            source.execute("UPDATE thing SET k = " + kind.forms.get(2) + ", v = 2");
            same(scenario);
            source.execute("DELETE FROM thing; INSERT INTO thing VALUES (1, " + kind.forms.get(0) + ", 1, 3)");
            same(scenario);
            source.execute("UPDATE team SET id = id");
            source.execute("UPDATE thing SET tenant = 2, k = " + kind.forms.get(1));
            same(scenario.source(), scenario.target());
            source.execute("UPDATE thing SET tenant = 1");
            same(scenario);
            source.execute("TRUNCATE thing; INSERT INTO thing VALUES (1, " + kind.forms.get(2) + ", 1, 4)");
            same(scenario);
            assertThat(Rows.of(source, "SELECT count(*) FROM tideline.row_state WHERE NOT deleted")
                            .now())
                    .containsExactly("1");
            source.execute("DELETE FROM thing");
            same(scenario);
        }
    }

    private static void same(TestDatabase source, TestDatabase target) {
        Rows.of(target, "SELECT v FROM thing")
                .become(Rows.of(source, "SELECT v FROM thing WHERE tenant = 1")
                        .now()
                        .toArray(String[]::new));
    }

    @Test
    void an_install_after_an_update_makes_such_ledgers_anew_and_removes_what_was_doubled() {
        Kind citext = kinds().findFirst().orElseThrow();
        try (SyncScenario scenario = scenario(citext)) {
            scenario.source().execute("INSERT INTO thing VALUES (1, 'FOO', 1, 1)");
            scenario.install();
            SyncRuntime runtime = scenario.run();
            same(scenario);
            runtime.close();
            // As an earlier version left them.
            scenario.source()
                    .execute(
                            "DROP VIEW tideline.deleted_row, tideline.row_state",
                            "ALTER TABLE tideline.ledger_1 ALTER k1 TYPE citext",
                            "UPDATE tideline.stream SET text_keys = '{}'");
            scenario.target().execute("INSERT INTO thing VALUES (1, 'Foo', 1, 1)");
            assertThatThrownBy(scenario::run)
                    .isInstanceOf(NotInstalledException.class)
                    .hasMessage("the changes of mapping thing are not captured as this version needs it."
                            + " Run \"install\" with this configuration first");
            scenario.install();
            scenario.run();
            same(scenario);
        }
    }

    @Test
    void a_target_whose_collation_would_make_one_row_of_two_is_refused() {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int, k text PRIMARY KEY); INSERT INTO thing VALUES (1, 'Foo'), (1, 'FOO')",
                "mappings: { thing: { table: thing, tenant: tenant, key: k } }\n")) {
            scenario.target().execute(FOLDING + "CREATE TABLE thing (tenant int, k text COLLATE folding PRIMARY KEY)");
            scenario.install();
            scenario.run();
            Rows.of(
                            scenario.source(),
                            "SELECT error LIKE '%the collation of key column k considers texts equal that are different"
                                    + " keys in the source%' FROM tideline.target_state WHERE mapping_name = 'thing'")
                    .become("t");
        }
    }
}
