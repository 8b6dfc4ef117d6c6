package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Types that change below a plan: nothing is read or written with a type that it was not planned with. */
class ChangedTypesTest {

    private static final List<String> TYPES = List.of(
            "smallint",
            "bigint",
            "double precision",
            "numeric",
            "numeric(10,2)",
            "text",
            "character(5)",
            "jsonb",
            "date",
            "timestamp(0) without time zone",
            "timestamp with time zone",
            "uuid",
            "bigint[]",
            "positive");

    private static final String MAPPINGS = """
            mappings:
              plain: { table: thing, tenant: tenant, key: [id], target: plain }
              selected: { table: thing, tenant: tenant, key: [id], target: selected, select: "SELECT * FROM thing" }
            """;

    @ParameterizedTest
    @EnumSource(CopyFormat.class)
    void no_pair_of_types_is_read_as_the_other(CopyFormat format) throws SQLException {
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE DOMAIN positive AS bigint CHECK (VALUE > 0);"
                        + " CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text);"
                        + " INSERT INTO thing VALUES (1, 1, NULL)",
                MAPPINGS)) {
            scenario.install();
            try (SourceDatabase source = scenario.openSource();
                    Connection reader = source.connection()) {
                InstalledLayout layout = InstalledLayout.read(reader).orElseThrow();
                int turn = 0;
                for (String from : TYPES) {
                    is(scenario, from);
                    List<Mapping> planned = scenario.plan().mappings();
                    ChangeFetcher fetcher = new ChangeFetcher(source, planned, layout);
                    for (Mapping mapping : planned) {
                        read(fetcher, mapping, format, turn++);
                    }
                    for (String to : TYPES) {
                        if (!to.equals(from)) {
                            is(scenario, to);
                            for (Mapping mapping : planned) {
                                refuses(fetcher, mapping, format, from, to, turn++);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void is(SyncScenario scenario, String type) {
        scenario.source().execute("ALTER TABLE thing ALTER v TYPE " + type + " USING NULL");
    }

    private static void refuses(
            ChangeFetcher fetcher, Mapping mapping, CopyFormat format, String from, String to, int turn) {
        boolean sameBase = base(from).equals(base(to));
        if (mapping.select().isPresent() && sameBase) {
            return; // the length or scale of what a select gives is not known
        }
        assertThatThrownBy(() -> read(fetcher, mapping, format, turn))
                .as("%s: %s became %s", mapping.name(), from, to)
                .isInstanceOf(FetchException.class)
                .hasMessageStartingWith("at the source: ERROR: column v of table public.thing is ")
                .hasMessageEndingWith("when this runtime read the mapping: run \"install\", and restart the runtimes");
    }

    private static String base(String type) {
        return type.equals("positive") ? "bigint" : type.replaceFirst("\\(.*?\\)", "");
    }

    /** Whatever statement reads rows, in turns. */
    private static void read(ChangeFetcher fetcher, Mapping mapping, CopyFormat format, int turn) throws SQLException {
        List<Read> all = List.of(
                () -> fetcher.changes(mapping, "1", 0, Long.MAX_VALUE, format),
                () -> fetcher.changesInOrder(mapping, "1", 0, Long.MAX_VALUE, format),
                () -> fetcher.rows(mapping, "1", List.of(), format),
                () -> fetcher.keys(mapping, "1", format),
                () -> fetcher.keyed(mapping, "1", List.of(List.of("1"))));
        try (AutoCloseable rows = all.get(turn % all.size()).open()) {
            ((dev.tideline.sync.fetch.Rows) rows).next();
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Read {
        AutoCloseable open() throws SQLException;
    }

    @Test
    void a_table_that_is_written_anew_below_a_statement_that_waits_is_not_taken_for_empty() throws Exception {
        try (SyncScenario scenario = SyncScenario.of(
                """
                CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v bigint);
                INSERT INTO thing VALUES (1, 1, 7);
                """, "mappings:\n  plain: { table: thing, tenant: tenant, key: [id], target: plain }\n")) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, v FROM plain").become("1|7");
            // Beforehand: a batch is void once its table has another trigger.
            scenario.target()
                    .execute("CREATE TABLE gone (id int); CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql"
                            + " AS $$ BEGIN INSERT INTO gone VALUES (OLD.id); RETURN OLD; END $$;"
                            + " CREATE TRIGGER note AFTER DELETE ON plain FOR EACH ROW EXECUTE FUNCTION note()");
            try (Connection altering = scenario.source().connect()) {
                altering.setAutoCommit(false);
                Jdbc.execute(altering, "UPDATE thing SET v = 8");
                altering.commit();
                Jdbc.execute(altering, "ALTER TABLE thing ALTER v TYPE bigint USING v * 10");
                Rows.of(
                                scenario.source(),
                                "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event_type = 'Lock' AND query LIKE '%COPY (%'")
                        .become("t");
                altering.commit();
            }
            Rows.of(scenario.target(), "SELECT id, v FROM plain").become("1|80");
            Rows.of(scenario.target(), "SELECT * FROM gone").become();
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({
        "numeric, integer",
        "bigint, double precision",
        "double precision, real",
        "text, character varying(3)",
        "timestamp with time zone, date",
        "bigint, text"
    })
    void a_column_whose_type_the_targets_owner_changes_gets_no_other_value(String type, String theirs) {
        String value = type.equals("text")
                ? "'long text'"
                : type.startsWith("timestamp") ? "'2024-02-03 04:05+00'" : "1234567";
        String fraction = type.equals("numeric") || type.startsWith("double") ? " + 0.123456789" : "";
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v " + type + ")",
                "mappings:\n  plain: { table: thing, tenant: tenant, key: [id], target: plain }\n")) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, 1, NULL)");
            Rows.of(scenario.target(), "SELECT id, v FROM plain").become("1|NULL");
            scenario.target().execute("ALTER TABLE plain ALTER v TYPE " + theirs + " USING v::" + theirs);
            scenario.source()
                    .execute(
                            "UPDATE thing SET v = " + value + "::" + type + fraction,
                            "INSERT INTO thing VALUES (1, 2, " + value + ")");
            Rows.of(scenario.target(), "SELECT id, v::text FROM plain ORDER BY id")
                    .become(Rows.of(scenario.source(), "SELECT id, v::text FROM thing ORDER BY id")
                            .now()
                            .toArray(String[]::new));
        }
    }
}
