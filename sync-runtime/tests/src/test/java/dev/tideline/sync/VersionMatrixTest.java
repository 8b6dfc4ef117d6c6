package dev.tideline.sync;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The way of a row between each two versions: first copy, changes, TRUNCATE, a partition, a joined table, types that only
 * one of both knows. Each version is a source and a target once; {@code -Dtideline.versions=all} takes every pair.
 */
class VersionMatrixTest {

    private static final String DDL = """
            CREATE TYPE mood AS ENUM ('sad', 'happy');
            CREATE DOMAIN positive AS numeric CHECK (VALUE > 0);
            CREATE TABLE team (id int PRIMARY KEY, name text);
            INSERT INTO team VALUES (1, 'red'), (2, 'blue');
            CREATE TABLE thing (tenant int NOT NULL, id int NOT NULL, code text NOT NULL, team int, n numeric, j jsonb,
                b bytea, d date, m mood, p positive, r int4range, ts timestamptz, a text[], f float8,
                g int GENERATED ALWAYS AS (id * 2) STORED, PRIMARY KEY (id, code)) PARTITION BY RANGE (id);
            CREATE TABLE thing_low PARTITION OF thing FOR VALUES FROM (0) TO (100);
            CREATE TABLE thing_high PARTITION OF thing FOR VALUES FROM (100) TO (1000);
            CREATE TABLE plain (tenant int NOT NULL, id bigint PRIMARY KEY, v text);
            INSERT INTO plain SELECT 1 + i % 2, i, 'row ' || i FROM generate_series(1, 50) i;
            """;

    private static final String MAPPINGS = """
            mappings:
              things:
                table: thing
                tenant: tenant
                key: [id, code]
                target: things
                select: SELECT r.*, t.name AS team_name FROM thing r LEFT JOIN team t ON t.id = r.team
                depends_on: [{ table: team, key: { team: id } }]
              plain: { table: plain, tenant: tenant, key: [id], target: plain }
            """;

    private static final String THINGS =
            "SELECT to_jsonb(t)::text FROM (SELECT tenant, id, code, team, n, j, b, d, m::text, p, r, ts, a, f, g,"
                    + " %s AS team_name FROM %s WHERE tenant = 1) t ORDER BY 1";

    static Stream<Arguments> pairs() {
        if (System.getProperty("tideline.versions", "each").equals("all")) {
            return PostgresFixture.MAJORS.stream()
                    .flatMap(source -> PostgresFixture.MAJORS.stream().map(target -> Arguments.of(source, target)));
        }
        return Stream.of(
                Arguments.of(13, 18),
                Arguments.of(18, 13),
                Arguments.of(14, 17),
                Arguments.of(17, 14),
                Arguments.of(15, 16),
                Arguments.of(16, 15));
    }

    @ParameterizedTest(name = "from Postgres {0} to {1}")
    @MethodSource("pairs")
    void a_row_finds_its_way_between_these_versions(int from, int to) {
        String multirange = from >= 14 ? "ALTER TABLE plain ADD mr int4multirange DEFAULT '{[1,3),[5,6)}';" : "";
        try (SyncScenario scenario = SyncScenario.between(from, to, DDL + multirange + insert(1), MAPPINGS)) {
            scenario.install();
            scenario.run();
            arrives(scenario);
            scenario.source().execute(insert(2), insert(101));
            scenario.source().execute("""
                            UPDATE thing SET id = 102, n = 'NaN', d = 'infinity', j = '{"a": [null, 1.0]}' WHERE id = 2;
                            UPDATE team SET name = 'crimson' WHERE id = 1;
                            DELETE FROM plain WHERE id = 2;
                            UPDATE plain SET v = NULL WHERE id = 4;
                            UPDATE plain SET tenant = 2 WHERE id = 6;
                            """);
            arrives(scenario);
            scenario.source().execute("TRUNCATE thing_low; INSERT INTO plain (tenant, id) VALUES (1, 2)");
            arrives(scenario);
        }
    }

    private static String insert(int id) {
        return "INSERT INTO thing VALUES (1, " + id + ", E'k\\t\\\\', 1, 1.50, '{\"a\": \"\u00e9\uD83D\uDE80\"}',"
                + " '\\x00ff', '0044-03-15 BC', 'happy', 3.30, '[1,5)', '2024-02-29 12:34:56.789012+05:45',"
                + " ARRAY['', NULL, 'a,b'], 0.1::float8 + 0.2);";
    }

    private static void arrives(SyncScenario scenario) {
        become(
                scenario,
                THINGS.formatted("(SELECT name FROM team WHERE team.id = thing.team)", "thing"),
                THINGS.formatted("team_name", "things"));
        String plain = "SELECT tenant, id, v FROM plain WHERE tenant = 1 ORDER BY id";
        become(scenario, plain, plain);
        String columns = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'plain'::regclass AND attname = 'mr'";
        if (!scenario.source().value(columns).equals("0")) {
            String multirange = "SELECT id, mr::text FROM plain WHERE tenant = 1 ORDER BY id";
            become(scenario, multirange, multirange);
        }
    }

    private static void become(SyncScenario scenario, String source, String target) {
        Rows.of(scenario.target(), target)
                .become(Rows.of(scenario.source(), source).now().toArray(String[]::new));
    }
}
