package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.mapping.Mapping;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of every type are the same on both sides, whatever the sessions, encodings and collations are. */
class VerifyTypesTest {

    /** Type at the source, type at the target, a value, and one that is hard to tell from it. */
    private static final List<List<String>> TYPES = List.of(
            List.of("boolean", "boolean", "'t'", "'f'"),
            List.of("smallint", "smallint", "'-32768'", "'32767'"),
            List.of("integer", "integer", "'1'", "'-1'"),
            List.of("bigint", "bigint", "'9223372036854775807'", "'9223372036854775806'"),
            List.of("numeric", "numeric", "'NaN'", "'0'"),
            List.of("numeric", "numeric", "'1.0'", "'1.00'"),
            List.of("real", "real", "'0.1'", "'0.10000001'"),
            List.of("double precision", "double precision", "'Infinity'", "'-Infinity'"),
            List.of("double precision", "double precision", "'0.1'", "'0.10000000000000002'"),
            List.of("money", "money", "'12.34'::numeric::money", "'12.35'::numeric::money"),
            List.of("text", "text", "''", "NULL"),
            List.of("text", "text", "'NULL'", "NULL"),
            List.of("text", "text", "U&'\\+01F30A \\05D0\\0301 ''\"\\\\,()'", "U&'\\+01F30B \\05D0\\0301 ''\"\\\\,()'"),
            List.of("character(8)", "character(8)", "'a'", "'b'"),
            List.of("character varying(9)", "character varying(9)", "'a '", "'a'"),
            List.of("\"char\"", "\"char\"", "'x'", "'y'"),
            List.of("name", "name", "'a'", "'A'"),
            List.of("bytea", "bytea", "'\\x00ff'", "'\\x00'"),
            List.of("date", "date", "'infinity'", "'-infinity'"),
            List.of("date", "date", "'2024-02-03'", "'2024-03-02'"),
            List.of("time", "time", "'12:00:00.000001'", "'12:00'"),
            List.of("time with time zone", "time with time zone", "'12:00+05:45'", "'12:00+00'"),
            List.of("timestamp", "timestamp", "'4713-01-01 BC'", "'4713-01-01'"),
            List.of("timestamp with time zone", "timestamp with time zone", "'infinity'", "'2024-07-01 12:00+02'"),
            List.of("interval", "interval", "'1 mon'", "'30 days'"),
            List.of("uuid", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a12'"),
            List.of("json", "json", "'{\"a\": \"\\u0000\"}'", "'{\"a\":\"\\u0000\"}'"),
            List.of("jsonb", "jsonb", "'{\"a\": null}'", "'{}'"),
            List.of("xml", "xml", "'<a/>'", "'<a></a>'"),
            List.of("integer[]", "integer[]", "'[0:1]={1,2}'", "'{1,2}'"),
            List.of("text[]", "text[]", "'{\"\",NULL}'", "'{NULL,\"\"}'"),
            List.of("timestamp with time zone[]", "timestamp with time zone[]", "'{2024-07-01 12:00+02}'", "'{}'"),
            List.of("int4range", "int4range", "'[1,5)'", "'empty'"),
            List.of("tstzrange", "tstzrange", "'[2024-07-01 12:00+02,)'", "'(,)'"),
            List.of("inet", "inet", "'10.0.0.1/8'", "'10.0.0.1'"),
            List.of("cidr", "cidr", "'10.0.0.0/8'", "'10.0.0.0/9'"),
            List.of("macaddr", "macaddr", "'08:00:2b:01:02:03'", "'08:00:2b:01:02:04'"),
            List.of("bit(3)", "bit(3)", "'101'", "'100'"),
            List.of("bit varying", "bit varying", "'10'", "'1'"),
            List.of("point", "point", "'(0.1,2)'", "'(0.1,3)'"),
            List.of("tsvector", "tsvector", "'a:1 b:2'", "'a:1'"),
            List.of("tsquery", "tsquery", "'a & b'", "'a | b'"),
            List.of("jsonpath", "jsonpath", "'$.a'", "'$.b'"),
            List.of("pg_lsn", "pg_lsn", "'1/A'", "'1/B'"),
            List.of("regtype", "regtype", "'mood'", "'integer'"),
            List.of("mood", "text", "'sad'", "'ok'"),
            List.of("mood[]", "text", "'{sad,ok}'", "'{ok}'"),
            List.of("pair", "text", "'(1,\"a \"\"b\"\", c\")'", "'(1,)'"),
            List.of("positive", "integer", "'3'", "'4'"));

    private final TwoDatabases databases = new TwoDatabases();

    VerifyTypesTest() throws SQLException {}

    @AfterEach
    void drop() throws SQLException {
        databases.close();
    }

    @Test
    void equal_values_of_every_type_are_equal_and_each_other_value_is_seen() throws Exception {
        databases.inBoth("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        databases.inSource("CREATE TYPE pair AS (a int, b text); CREATE DOMAIN positive AS integer CHECK (VALUE > 0)");
        databases.inSource("CREATE TABLE users (id integer PRIMARY KEY, tenant integer, " + columns(0) + ")");
        databases.inTarget("CREATE TABLE users (id integer PRIMARY KEY, " + columns(1) + ")");
        databases.inSource("INSERT INTO users VALUES (1, 1, " + values(2) + ")");
        databases.inTarget("INSERT INTO users VALUES (1, " + values(2) + ")");
        Mapping mapping = mapping();

        assertThat(verify(mapping).equal()).isTrue();

        databases.inTarget("DELETE FROM users; INSERT INTO users VALUES (1, " + values(3) + ")");

        assertThat(verify(mapping).rows().get(0).columns())
                .containsExactlyElementsOf(
                        mapping.nonKeyColumns().stream().map(c -> c.name()).toList());
    }

    @ParameterizedTest
    @CsvSource({"18, 18, UTF8, LATIN1", "18, 18, LATIN1, UTF8", "13, 18, UTF8, UTF8", "18, 13, UTF8, UTF8"})
    void majors_and_encodings_make_no_difference(
            int sourceMajor, int targetMajor, String sourceEncoding, String targetEncoding) throws Exception {
        try (TwoDatabases others = new TwoDatabases(sourceMajor, targetMajor, sourceEncoding, targetEncoding)) {
            others.inSource("CREATE TABLE users (id text PRIMARY KEY, tenant integer, name text)");
            others.inTarget("CREATE TABLE users (id text PRIMARY KEY, name text)");
            String rows = "(SELECT 'Ärger ' || i AS id, 'größer' AS name FROM generate_series(1, 500) i) g";
            others.inSource("INSERT INTO users SELECT id, 1, name FROM " + rows);
            others.inTarget("INSERT INTO users SELECT id, name FROM " + rows);
            Mapping mapping = Mappings.users("id text", "name text");

            assertThat(verify(mapping, others).equal()).isTrue();

            others.inTarget("UPDATE users SET name = 'grösser' WHERE id = 'Ärger 77'");

            assertThat(verify(mapping, others).rows())
                    .containsExactly(new RowDifference(
                            RowDifference.Kind.DIFFERENT, new RowKey(List.of("Ärger 77")), List.of("name")));
        }
    }

    @Test
    void keys_of_several_columns_and_odd_names_are_named_part_by_part() throws Exception {
        String table =
                "CREATE TABLE \"User s\" (tenant integer, \"a \"\"b\" text, \"select\" mood, f boolean, \"Ü\" text,"
                        + " PRIMARY KEY (\"a \"\"b\", \"select\", f))";
        databases.inBoth("CREATE TYPE mood AS ENUM ('sad', 'ok')");
        databases.inBoth(table);
        databases.inBoth("INSERT INTO \"User s\" VALUES (1, 'x,\\y''', 'ok', true, 'v'), (1, '', 'sad', false, 'v')");
        databases.inTarget("UPDATE \"User s\" SET \"Ü\" = 'w'");

        VerifyReport report = verify(Mappings.of(
                "User s", Optional.empty(), Optional.empty(), List.of("a \"b", "select", "f"), new String[][] {
                    {"a \"b", "text"}, {"select", "mood"}, {"f", "boolean"}, {"Ü", "text"}
                }));

        assertThat(report.rows())
                .containsExactlyInAnyOrder(
                        new RowDifference(
                                RowDifference.Kind.DIFFERENT,
                                new RowKey(List.of("x,\\y'", "ok", "true")),
                                List.of("Ü")),
                        new RowDifference(
                                RowDifference.Kind.DIFFERENT, new RowKey(List.of("", "sad", "false")), List.of("Ü")));
    }

    private VerifyReport verify(Mapping mapping) throws InterruptedException {
        return verify(mapping, databases);
    }

    private static VerifyReport verify(Mapping mapping, TwoDatabases databases) throws InterruptedException {
        return new Verifier(
                        VerifyOptions.DEFAULT,
                        () -> {
                            throw new AssertionError("nothing is under way");
                        },
                        System::nanoTime,
                        VerifyListener.SILENT)
                .verify(new Comparison(mapping, "1", databases.source(), databases.target(), Flow.NONE));
    }

    private static Mapping mapping() {
        List<String> columns = new ArrayList<>(List.of("id integer"));
        for (int i = 0; i < TYPES.size(); i++) {
            columns.add("c" + i + " " + TYPES.get(i).get(0));
        }
        return Mappings.users(columns.toArray(String[]::new));
    }

    private static String columns(int type) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            columns.add("c" + i + " " + TYPES.get(i).get(type));
        }
        return String.join(", ", columns);
    }

    private static String values(int value) {
        return String.join(", ", TYPES.stream().map(t -> t.get(value)).toList());
    }
}
