package dev.tideline.devservices.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void a_semicolon_ends_a_statement_and_the_last_one_needs_none() {
        assertThat(SqlScript.statements("CREATE TABLE a ();\n\nCREATE TABLE b ()\n;;\n SELECT 1"))
                .containsExactly(
                        new SqlStatement("CREATE TABLE a ()", 1),
                        new SqlStatement("CREATE TABLE b ()", 3),
                        new SqlStatement("SELECT 1", 5));
    }

    @Test
    void comments_before_a_statement_are_no_part_of_it_and_a_script_of_comments_has_none() {
        assertThat(SqlScript.statements("-- first; second\n/* a; /* b; */ c; */\n  SELECT 1 -- ;\n + 1;"))
                .containsExactly(new SqlStatement("SELECT 1 -- ;\n + 1", 3));
        assertThat(SqlScript.statements("-- nothing;\n/* at all; */ -- ;")).isEmpty();
        assertThat(SqlScript.statements("")).isEmpty();
    }

    @Test
    void a_semicolon_within_a_string_a_name_or_parentheses_ends_nothing() {
        for (String whole : List.of(
                "SELECT 'a;''b;', \"c;\"\"d;\"",
                "SELECT E'a\\';b', e'\\\\', ';'",
                "SELECT 'a\\', ';'",
                "SELECT $$a;'b$$, $x$c;$$;$y$;$x$",
                "SELECT 1 AS a$b, ';' AS c$b",
                "PREPARE p AS SELECT $1 + $2, ';'",
                "SELECT '--', ';' /* ' */",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)")) {
            assertThat(SqlScript.statements(whole + ";\nSELECT 2"))
                    .as(whole)
                    .containsExactly(new SqlStatement(whole, 1), new SqlStatement("SELECT 2", 2));
        }
    }

    @Test
    void the_body_of_a_function_in_standard_sql_is_one_statement_with_it() {
        String function = """
                CREATE OR REPLACE
                FUNCTION f(i int) RETURNS int BEGIN ATOMIC
                  SELECT 1;
                  SELECT CASE WHEN i > 0 THEN 1 ELSE 2 END;
                END""";
        assertThat(SqlScript.statements("BEGIN;" + function + ";COMMIT;"))
                .containsExactly(
                        new SqlStatement("BEGIN", 1), new SqlStatement(function, 1), new SqlStatement("COMMIT", 5));
    }

    @Test
    void what_is_never_closed_reaches_to_the_end() {
        for (String open :
                List.of("SELECT 'a; b", "SELECT $x$ a; b $y$", "SELECT /* a; b", "SELECT (1; b", "SELECT E'a\\")) {
            assertThat(SqlScript.statements(open)).as(open).containsExactly(new SqlStatement(open, 1));
        }
    }

    @Test
    void the_lines_of_a_large_script_are_counted_once() {
        String script =
                IntStream.range(0, 200_000).mapToObj(i -> "SELECT " + i + ";\n").collect(Collectors.joining());
        assertThat(SqlScript.statements(script))
                .hasSize(200_000)
                .last()
                .isEqualTo(new SqlStatement("SELECT 199999", 200_000));
    }

    @Test
    void a_long_statement_is_shown_by_its_beginning_on_one_line() {
        assertThat(new SqlStatement("SELECT 1,\n       2", 1).beginning()).isEqualTo("SELECT 1, 2");
        assertThat(new SqlStatement("SELECT '" + "a".repeat(100) + "'", 1).beginning())
                .isEqualTo("SELECT '" + "a".repeat(62) + " …");
    }
}
