package dev.tideline.sync.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.mapping.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random tables: hostile names, types of the whole catalogue, values of each type. They are copied, changed and compared.
 * {@code -Dtideline.fuzz.tables=1000} says how many; {@code -Dtideline.fuzz.seed=7} begins with that seed.
 */
class SchemaFuzzTest {

    private static final int TABLES_OF_A_SCENARIO = 12;
    private static final String BLANK = " ";

    private static final List<String> NAMES = List.of(
            "order",
            "select",
            "a b",
            "Ümlaut",
            "\"quoted\"",
            "it's",
            "%s",
            "$1",
            "?",
            "??",
            ":a",
            "{x}",
            "a\\b",
            BLANK,
            "tab\there",
            "CamelCase",
            "present",
            "deleted",
            "sequence_id",
            "tenant",
            "k1",
            "c1",
            "r",
            "s",
            "t",
            "e",
            "excluded",
            "--",
            "/*",
            "😀",
            "a.b",
            "x".repeat(63),
            "tideline",
            "gone",
            "new",
            "old",
            "row",
            "user",
            "values",
            "oid",
            "key",
            "id",
            "${env:X}",
            "{{table}}",
            "NULL",
            "staged",
            "change_0",
            "tideline_sync_metadata_",
            "' OR 1=1",
            "null",
            "true",
            "~",
            "#",
            "- a: b");

    private static final List<String> LITERALS = List.of(
            "0",
            "1",
            "-1",
            "1.0",
            "1.00",
            "NaN",
            "-0",
            "Infinity",
            "a",
            "A",
            "",
            "  x ",
            "it's",
            "\\",
            "NULL",
            "null",
            "{}",
            "{1,2}",
            "{a,NULL,\"NULL\"}",
            "{{1,2},{3,4}}",
            "[2:3]={1,2}",
            "[1,5)",
            "(,)",
            "[1.0,2.00]",
            "empty",
            "{[1,3),[7,9)}",
            "[2024-01-01,2024-02-01)",
            "{[2024-01-01,infinity)}",
            "2024-02-29",
            "2024-02-29 12:34:56.789012",
            "2024-02-29 12:34:56+05:45",
            "infinity",
            "-infinity",
            "4713-01-01 BC",
            "12:34:56",
            "24:00",
            "12:34:56-07",
            "1 year 2 mons -3 days 04:05:06.7",
            "1 day",
            "24:00:00",
            "true",
            "f",
            "\\x00ff",
            "101",
            "(1,2)",
            "(1,2),(3,4)",
            "<(1,2),3>",
            "{1,2,3}",
            "[(0,0),(1,1)]",
            "((0,0),(1,1),(2,0))",
            "10.0.0.1/8",
            "10.0.0.0/8",
            "::1",
            "08:00:2b:01:02:03",
            "08:00:2b:01:02:03:04:05",
            "{\"a\": 1.0, \"b\": [null]}",
            "{\"a\":1.00,\"a\":2}",
            "[1, 2]",
            "$.a[*] ? (@ > 1)",
            "<a>é</a>",
            "fat:1A & cat",
            "fat:1A cat:2",
            "'a b' <-> c",
            "16/B374D848",
            "10:20:10,14",
            "c3a40e3d-5f0c-4d3f-8b60-0123456789ab",
            "é😀",
            "12345678901234567890",
            "1.5e-300",
            "0.1",
            "(0,1)",
            "pg_class",
            "english",
            "simple",
            "public",
            "tab\tnewline\nreturn\r",
            "x".repeat(3000));

    /** Whether a type can be written as a text at all, and read again, is for the server to say. */
    private static final String VALUES =
            "SELECT t.name, l.value FROM (SELECT format_type(oid, NULL) AS name FROM pg_type"
                    + " WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typisdefined"
                    + " AND typrelid = 0 AND typname !~ '^_?(aclitem|cstring|record|pg_.*|gtsvector|reg.*)$') t,"
                    + " unnest(ARRAY[%s]) l (value) WHERE pg_input_is_valid(l.value, t.name) ORDER BY 1, 2";

    private static final Map<String, IntFunction<String>> KEYS = Map.of(
            "integer", String::valueOf,
            "bigint", i -> "90000000000" + i,
            "text", i -> "key " + i + " \\ 'é",
            "numeric", i -> i + ".50",
            "date", i -> "2024-01-" + (10 + i),
            "timestamp with time zone", i -> "2024-01-02 03:04:" + (10 + i) + ".5+01",
            "double precision", i -> i + ".1",
            "bytea", i -> "\\x00" + (10 + i),
            "inet", i -> "10.0.0." + i,
            "character varying(20)", i -> "k" + i);

    private record Type(String name, List<String> values) {}

    private record Column(String name, Type type) {

        String random(Random random) {
            return random.nextInt(5) == 0
                    ? "NULL"
                    : literal(type.values.get(random.nextInt(type.values.size())), type.name);
        }
    }

    private record Table(String name, String tenant, String key, String keyType, List<Column> columns) {

        static Table random(Random random, String name, List<Type> types) {
            List<String> names = new ArrayList<>(NAMES);
            Collections.shuffle(names, random);
            names.remove(BLANK);
            names.add(
                    2 + random.nextInt(20), BLANK); // a tenant or key column of that name cannot be written in the file
            List<String> keyTypes = KEYS.keySet().stream().sorted().toList();
            return new Table(
                    name,
                    names.get(0),
                    names.get(1),
                    keyTypes.get(random.nextInt(keyTypes.size())),
                    IntStream.range(2, 4 + random.nextInt(8))
                            .mapToObj(i -> new Column(names.get(i), types.get(random.nextInt(types.size()))))
                            .toList());
        }

        String sql() {
            return Sql.identifier(name);
        }

        String create() {
            return "CREATE TABLE " + sql() + " (" + Sql.identifier(tenant) + " int, " + Sql.identifier(key) + " "
                    + keyType
                    + " PRIMARY KEY"
                    + columns.stream()
                            .map(c -> ", " + Sql.identifier(c.name) + " " + c.type.name)
                            .collect(Collectors.joining())
                    + ")";
        }

        String insert(int i, Random random) {
            return "INSERT INTO " + sql() + " VALUES (1, " + keyValue(i)
                    + columns.stream().map(c -> ", " + c.random(random)).collect(Collectors.joining()) + ")";
        }

        String update(int i, Random random) {
            Column column = columns.get(random.nextInt(columns.size()));
            return "UPDATE " + sql() + " SET " + Sql.identifier(column.name) + " = " + column.random(random) + where(i);
        }

        String rekey(int from, int to) {
            return "UPDATE " + sql() + " SET " + Sql.identifier(key) + " = " + keyValue(to) + where(from);
        }

        String delete(int i) {
            return "DELETE FROM " + sql() + where(i);
        }

        private String where(int i) {
            return " WHERE " + Sql.identifier(key) + " = " + keyValue(i);
        }

        private String keyValue(int i) {
            return literal(KEYS.get(keyType).apply(i), keyType);
        }

        String mapping(int number) {
            String yaml = yaml(sql());
            return "  m" + number + ":\n    table: " + yaml + "\n    target: " + yaml + "\n    tenant: " + yaml(tenant)
                    + "\n    key: [" + yaml(key) + "]\n";
        }

        private static String yaml(String name) {
            return "\""
                    + name.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\t", "\\t")
                            .replace("${", "$${") + "\"";
        }

        String rows() {
            return "SELECT " + Sql.identifier(key) + "::text"
                    + columns.stream()
                            .map(c -> ", " + Sql.identifier(c.name) + "::text")
                            .collect(Collectors.joining()) + " FROM " + sql() + " ORDER BY " + Sql.identifier(key)
                    + "::text COLLATE \"C\"";
        }
    }

    private static String literal(String value, String type) {
        return "CAST(" + Sql.literal(value) + " AS " + type + ")";
    }

    @Test
    void whatever_the_names_and_types_are_every_row_arrives_as_it_is() {
        int tables = Integer.getInteger("tideline.fuzz.tables", TABLES_OF_A_SCENARIO);
        long first = Long.getLong("tideline.fuzz.seed", new Random().nextInt(1_000_000_000));
        for (int i = 0; i * TABLES_OF_A_SCENARIO < tables; i++) {
            System.out.println(TABLES_OF_A_SCENARIO + " tables of seed " + (first + i));
            play(first + i);
        }
    }

    private static void play(long seed) {
        Random random = new Random(seed);
        List<Type> types = types();
        List<String> names = new ArrayList<>(NAMES);
        Collections.shuffle(names, random);
        List<Table> tables = names.stream()
                .limit(TABLES_OF_A_SCENARIO)
                .map(name -> Table.random(random, name, types))
                .toList();
        StringBuilder ddl = new StringBuilder();
        StringBuilder mappings = new StringBuilder("mappings:\n");
        for (Table table : tables) {
            ddl.append(table.create()).append(";\n");
            mappings.append(table.mapping(tables.indexOf(table)));
            IntStream.range(0, 5)
                    .forEach(i -> ddl.append(table.insert(i, random)).append(";\n"));
        }
        try (SyncScenario scenario = SyncScenario.of(ddl.toString(), mappings.toString())) {
            scenario.install();
            scenario.run();
            compare(scenario, tables, seed, "copied");
            for (Table table : tables) {
                scenario.source()
                        .execute(
                                table.update(0, random),
                                table.update(1, random),
                                table.rekey(2, 7),
                                table.delete(3),
                                table.insert(8, random));
            }
            compare(scenario, tables, seed, "changed");
        }
    }

    private static void compare(SyncScenario scenario, List<Table> tables, long seed, String when) {
        for (Table table : tables) {
            List<String> rows = Rows.of(scenario.source(), table.rows()).now();
            try {
                Rows.of(scenario.target(), table.rows()).become(rows.toArray(String[]::new));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "seed " + seed + ", " + when + ": " + table + "\n"
                                + scenario.source()
                                        .rows("SELECT error FROM tideline.target_state WHERE error IS NOT NULL")
                                + scenario.source().rows("SELECT error FROM tideline.parked_row"),
                        e);
            }
        }
    }

    private static List<Type> types() {
        String literals = LITERALS.stream().map(Sql::literal).collect(Collectors.joining(", "));
        try (TestDatabase database = PostgresFixture.database(PostgresFixture.NEWEST)) {
            Map<String, List<String>> values = new TreeMap<>();
            database.rows(VALUES.formatted(literals))
                    .forEach(row -> values.computeIfAbsent(row.get(0), name -> new ArrayList<>())
                            .add(row.get(1)));
            List<Type> types = values.entrySet().stream()
                    .map(entry -> new Type(entry.getKey(), entry.getValue()))
                    .toList();
            assertThat(types).hasSizeGreaterThan(100);
            return types;
        }
    }
}
