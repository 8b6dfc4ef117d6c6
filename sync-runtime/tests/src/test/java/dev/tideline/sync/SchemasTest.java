package dev.tideline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a schema looks like, as long as it has keys, its rows arrive as they are. */
class SchemasTest {

    private static final String ONE_TABLE = """
            mappings:
              things:
                table: thing
                tenant: tenant
                key: [id]
                target: thing
            """;

    private static final String PARTITIONED = """
            CREATE TABLE thing (tenant int NOT NULL, id int NOT NULL, v text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
            CREATE TABLE thing_1 PARTITION OF thing FOR VALUES FROM (0) TO (100);
            """;

    /** Every column compared through its text, so that 1.0 and 1.00 are two values. */
    private static void arrivesWhole(SyncScenario scenario, String sourceTable, String targetTable, String columns) {
        // An alias that no column has, for a column would go before it.
        String asText = "SELECT whole_row::text FROM (SELECT " + columns + " FROM %s) whole_row ORDER BY 1";
        String[] expected = Rows.of(scenario.source(), String.format(asText, sourceTable))
                .now()
                .toArray(String[]::new);
        assertThat(expected).isNotEmpty();
        Rows.of(scenario.target(), String.format(asText, targetTable)).become(expected);
    }

    /** Waits for the first copy to be over, so that it cannot bring what was not captured. */
    private static void isCopied(SyncScenario scenario) {
        Rows.of(
                        scenario.target(),
                        "SELECT definition IS NOT NULL AND copy_definition IS NULL FROM tideline_sync_metadata")
                .become("t");
    }

    @Test
    void every_built_in_type_arrives_as_it_is_by_copy_and_by_change() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
                CREATE DOMAIN positive AS numeric CHECK (VALUE > 0);
                CREATE TYPE pair AS (a int, b text);
                CREATE TABLE thing (
                    tenant int NOT NULL, id int PRIMARY KEY,
                    i2 smallint, i8 bigint, n numeric, n2 numeric(20, 5), f4 real, f8 double precision, m money,
                    t text, v varchar(10), c char(5), n63 name, b bytea, ts timestamp, tz timestamptz, d date, ti time,
                    tt timetz, iv interval, bo boolean, mo mood, mos mood[], p point, l line, ls lseg, bx box, pa path,
                    po polygon, ci circle, ine inet, cid cidr, ma macaddr, bi bit(3), vb bit varying, tsv tsvector,
                    tsq tsquery, u uuid, x xml, j json, jb jsonb, ia int[], ta text[], r int4range, rs tstzrange,
                    mr int4multirange, dom positive, comp pair, o oid, lsn pg_lsn, g int GENERATED ALWAYS AS (i2 * 2) STORED,
                    identity_ int GENERATED ALWAYS AS IDENTITY);
                INSERT INTO thing (tenant, id) VALUES (1, 1);
                """ + insert(2), ONE_TABLE)) {
            scenario.install();
            scenario.run();
            arrivesWhole(scenario, "thing", "thing", "*");
            scenario.source().execute(insert(3));
            scenario.source().execute("UPDATE thing SET n = 'NaN', f8 = '-Infinity', t = NULL, n2 = 1.50 WHERE id = 2");
            arrivesWhole(scenario, "thing", "thing", "*");
            assertThat(Rows.of(scenario.target(), "SELECT mo, mos, comp FROM thing WHERE id = 3")
                            .now())
                    .containsExactly("happy|{sad,NULL}|(1,\"a,b\")");
        }
    }

    private static String insert(int id) {
        return "INSERT INTO thing OVERRIDING SYSTEM VALUE VALUES (1, " + id
                + ", 7, 9223372036854775807, 123456789.123456789000, 1.00001, 1.1, 0.1::float8 + 0.2, '$12.34',"
                + " E'tab\\there\\nline \\\\ back \\\\. \\x01 \uD83D\uDE80 \u05E9\u05DC\u05D5\u05DD \"q\" ''s''', '', 'ab', 'name', '\\x00ff0a5c',"
                + " 'infinity', '2024-02-29 12:34:56.789012+05:45', '0044-03-15 BC', '24:00:00', '12:00:00+05:45',"
                + " '1 year -2 mons 3 days -04:05:06.789', true, 'happy', ARRAY['sad', NULL]::mood[], '(1,2)',"
                + " '{1,-1,0}', '[(0,0),(1,1)]', '((0,0),(1,1))', '((0,0),(1,1),(2,0))', '((0,0),(1,1),(2,0))',"
                + " '<(0,0),5>', '::1', '10.0.0.0/8', '08:00:2b:01:02:03', B'101', B'11', 'a fat cat', 'fat & rat',"
                + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '<a>b</a>', '{\"a\":  \"\\u0000\"}', '{\"b\": 1.0, \"a\": [null]}',"
                + " '{{1,2},{3,NULL}}', ARRAY['', NULL, 'NULL', 'a,b', '\"', '\\'], '[1,5)', '[2024-01-01,)',"
                + " '{[1,3),[5,6)}', 3.30, ROW(1, 'a,b'), 42, '16/B374D848', DEFAULT, " + id + ");\n";
    }

    @Test
    void quoted_and_reserved_names_with_a_composite_key() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE SCHEMA "Odd Schema";
                CREATE TABLE "Odd Schema"."order" ("Tenant ID" int NOT NULL, "select" text, "from""to" text,
                    "\uD83D\uDE80" text, PRIMARY KEY ("select", "from""to"));
                INSERT INTO "Odd Schema"."order" VALUES (1, 'a''b', E'x\\ty', 'one'), (1, 'a/b', '', NULL), (2, 'c', 'd', 'no');
                """, """
                mappings:
                  "odd mapping":
                    table: Odd Schema.order
                    tenant: Tenant ID
                    key: ["select", "from\\"to"]
                    target: the user's order
                """)) {
            scenario.install();
            scenario.run();
            String rows = "SELECT * FROM \"the user's order\" ORDER BY 2";
            Rows.of(scenario.target(), rows).become("1|a'b|x\ty|one", "1|a/b||NULL");
            scenario.source()
                    .execute(
                            "UPDATE \"Odd Schema\".\"order\" SET \"from\"\"to\" = E'new\\nline' WHERE \"select\" = 'a/b'");
            scenario.source().execute("DELETE FROM \"Odd Schema\".\"order\" WHERE \"select\" = 'a''b'");
            Rows.of(scenario.target(), rows).become("1|a/b|new\nline|NULL");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "uuid",
                "date",
                "timestamptz",
                "numeric",
                "bytea",
                "double precision",
                "interval",
                "inet",
                "char(8)"
            })
    void keys_of_this_type_follow_whatever_the_writers_session_looks_like(String type) {
        String one = type.equals("uuid") ? "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'" : sample(type, 1);
        String two = type.equals("uuid") ? "'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'" : sample(type, 2);
        try (SyncScenario scenario = SyncScenario.of(
                "CREATE TABLE thing (tenant int NOT NULL, id " + type + " PRIMARY KEY, v text)", ONE_TABLE)) {
            scenario.install();
            scenario.run();
            scenario.source().execute("INSERT INTO thing VALUES (1, " + one + ", 'a'), (1, " + two + ", 'b')");
            arrivesWhole(scenario, "thing", "thing", "id::text, v");
            // The driver accepts no session like this one, so a function puts it on for as long as it writes.
            scenario.source()
                    .execute("CREATE FUNCTION write() RETURNS void LANGUAGE sql SET DateStyle = 'German'"
                            + " SET IntervalStyle = 'sql_standard' SET extra_float_digits = 0 SET bytea_output = 'escape'"
                            + " SET TimeZone = 'America/St_Johns' AS $$ UPDATE thing SET v = v || '2';"
                            + " DELETE FROM thing WHERE id = " + two + " $$");
            scenario.source().execute("SELECT write()");
            arrivesWhole(scenario, "thing", "thing", "id::text, v");
        }
    }

    private static String sample(String type, int n) {
        return switch (type) {
            case "date" -> "DATE '2024-0" + n + "-0" + (3 - n) + "'";
            case "timestamptz" -> "TIMESTAMPTZ '2024-0" + n + "-02 03:04:05.123456+02'";
            case "numeric" -> n + ".10";
            case "bytea" -> "'\\x0" + n + "5c'";
            case "double precision" -> "0." + n + "::float8 + 0.2";
            case "interval" -> "INTERVAL '" + n + " year -2 mons 3 days -04:05:06'";
            case "inet" -> "'10.0.0." + n + "'";
            default -> "'k " + n + "'";
        };
    }

    @Test
    void a_column_that_is_computed_when_it_is_read_arrives_by_copy_and_by_change() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v int, twice int GENERATED ALWAYS AS (v * 2));
                INSERT INTO thing VALUES (1, 1, 7);
                """, ONE_TABLE)) {
            scenario.install();
            scenario.run();
            Rows.of(scenario.target(), "SELECT id, twice FROM thing ORDER BY id")
                    .become("1|14");
            scenario.source().execute("INSERT INTO thing VALUES (1, 2, 8); UPDATE thing SET v = 9 WHERE id = 1");
            Rows.of(scenario.target(), "SELECT id, twice FROM thing ORDER BY id")
                    .become("1|18", "2|16");
        }
    }

    @Test
    void rows_that_are_written_straight_into_a_partition_are_captured() {
        try (SyncScenario scenario = SyncScenario.of(PARTITIONED, ONE_TABLE)) {
            scenario.install();
            scenario.run();
            isCopied(scenario);
            scenario.source().execute("INSERT INTO thing_1 VALUES (1, 1, 'direct')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("1|direct");
        }
    }

    @Test
    void partitions_attached_later_and_written_to_directly_are_captured() {
        try (SyncScenario scenario = SyncScenario.of(PARTITIONED, ONE_TABLE)) {
            scenario.install();
            scenario.run();
            isCopied(scenario);
            scenario.source().execute("""
                            CREATE TABLE thing_2 PARTITION OF thing FOR VALUES FROM (100) TO (200);
                            INSERT INTO thing_1 VALUES (1, 1, 'direct');
                            INSERT INTO thing_2 VALUES (1, 101, 'direct, new');
                            INSERT INTO thing VALUES (1, 2, 'routed');
                            """);
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id")
                    .become("1|direct", "2|routed", "101|direct, new");
            scenario.source().execute("UPDATE thing SET id = 150 WHERE id = 1"); // moves to the other partition
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id")
                    .become("2|routed", "101|direct, new", "150|direct");
            scenario.source().execute("TRUNCATE thing_1");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("101|direct, new", "150|direct");
            scenario.source().execute("ALTER TABLE thing DETACH PARTITION thing_2; UPDATE thing_2 SET v = 'detached'");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become();
            scenario.source().execute("ALTER TABLE thing ATTACH PARTITION thing_2 FOR VALUES FROM (100) TO (300)");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("101|detached", "150|detached");
        }
    }

    @Test
    void rows_of_inheriting_tables_are_captured() {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text);
                CREATE TABLE special_thing (extra text, PRIMARY KEY (id)) INHERITS (thing);
                """, ONE_TABLE)) {
            scenario.install();
            scenario.run();
            isCopied(scenario);
            scenario.source().execute("INSERT INTO special_thing VALUES (1, 5, 'child', 'x')");
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become("5|child");
            scenario.source().execute("DELETE FROM thing WHERE id = 5");
            Rows.of(scenario.target(), "SELECT id, v FROM thing").become();
        }
    }

    @Test
    void what_a_replica_role_writes_is_captured_and_a_bulk_load_too() {
        try (SyncScenario scenario =
                SyncScenario.of("CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)", ONE_TABLE)) {
            scenario.install();
            scenario.run();
            isCopied(scenario);
            scenario.source()
                    .execute("SET session_replication_role = replica; INSERT INTO thing VALUES (1, 1, 'replica')");
            scenario.source().execute("COPY thing FROM PROGRAM 'printf \"1\\t2\\tcopied\\n\"'");
            Rows.of(scenario.target(), "SELECT id, v FROM thing ORDER BY id").become("1|replica", "2|copied");
        }
    }

    @Test
    void a_role_without_rights_on_our_schema_can_write_as_before() {
        try (SyncScenario scenario =
                SyncScenario.of("CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text)", ONE_TABLE)) {
            scenario.install();
            scenario.run();
            String role = "writer_" + scenario.source().name();
            scenario.source()
                    .execute("CREATE ROLE " + role + "; GRANT INSERT, UPDATE, DELETE, SELECT ON thing TO " + role);
            try {
                scenario.source().execute("SET ROLE " + role + "; INSERT INTO thing VALUES (1, 1, 'a')");
                Rows.of(scenario.target(), "SELECT id, v FROM thing").become("1|a");
            } finally {
                scenario.source().execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
            }
        }
    }
}
