package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    @Test
    void comments_and_semicolons_are_no_statement() {
        assertThat(SqlText.of(" -- nothing\n/* a /* nested */ comment */ ;; ").blank())
                .isTrue();
        assertThat(SqlText.of("-- first\nselect 1;").blank()).isFalse();
        assertThat(SqlText.of("/* open").blank()).isTrue();
    }

    @Test
    void markers_are_found_only_in_code() {
        assertThat(SqlText.of("select :a, ':b', \":c\", `:d` -- :e\n, x::int, /* :f */ m[:g], 'it\\'s :h'")
                        .markers())
                .containsExactly("a", "g");
    }

    @Test
    void times_and_paths_are_not_markers() {
        assertThat(SqlText.of("select v:field, 12:30, :1st").markers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", ";", ";;;\r\n", "--", "-- x", "/**/", "/* a */ -- b\n;", "/* /* */ "})
    void there_is_no_statement_in(String text) {
        assertThat(SqlText.of(text).blank()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "'", "\"open", "`", "-- a\nx", "/* a */1", "-", "/"})
    void there_is_one_in_whatever_else(String text) {
        assertThat(SqlText.of(text).blank()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "select * from t where a = :a and b=:b_2| a b_2",
                "select :größe| größe",
                "select :a, :a, :b| a b",
                "select array(1)[:i], m[:k]| i k",
                "select (:x)::int| x",
                "select ':no', \":no\", `:no`, :yes| yes",
                "select 'it\\'s :no', :yes| yes",
                "select `a\\`, :yes| yes",
                "select 'it''s :no', :yes| yes",
                "select 1 -- :no\t, :no| ",
                "select 'open :no| ",
                "select a:b.c, a :b| b",
                ":| ",
                ":1| ",
                "::a| ",
                "select :a.b| a"
            })
    void markers_are(String text, String names) {
        List<String> expected =
                names == null ? List.of() : List.of(names.strip().split(" "));
        assertThat(SqlText.of(text).markers()).containsExactlyElementsOf(expected);
    }
}
