package dev.tideline.sync.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFragmentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = ';'",
                "a = ';)' AND \"b;)\" = 1",
                "a = $$;)$$",
                "a = $t$ ; $$ ) $t$",
                "a = E'\\';)'",
                "namE'' = ')'",
                "a /* ; /* ) */ ; */ = 1",
                "f(a, (b))",
                "a = '''' AND (b)",
                "a$b = 1 AND (c)",
                "j ? 'x'"
            })
    void what_looks_like_an_end_inside_quotes_and_comments_is_none(String sql) throws Exception {
        assertThat(SqlFragment.complete(sql)).isEqualTo(sql);
    }

    @Test
    void semicolons_and_blanks_at_the_end_go() throws Exception {
        assertThat(SqlFragment.complete("  SELECT 1 ; ;\n")).isEqualTo("SELECT 1");
        assertThat(SqlFragment.complete("SELECT 1; -- done")).isEqualTo("SELECT 1\n");
    }

    @Test
    void a_comment_at_the_end_cannot_swallow_what_follows() throws Exception {
        assertThat(SqlFragment.complete("a = 1 -- one")).isEqualTo("a = 1 -- one\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1; SELECT 2 | there is more than one statement",
                "a) OR (b | there is a closing parenthesis without an opening one",
                "(a | a parenthesis is not closed",
                "a = 'x | a quote is not closed",
                "\"a | a quote is not closed",
                "a = E'x\\' | a quote is not closed",
                "a = $x$ y $$ | the quote $x$ is not closed",
                "a /* /* */ | a comment is not closed",
                "-- nothing | there is nothing but blanks and comments",
            })
    void a_text_that_does_not_end_where_it_seems_to_is_refused(String sql, String message) {
        assertThatThrownBy(() -> SqlFragment.complete(sql)).hasMessage(message);
    }
}
