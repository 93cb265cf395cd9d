package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    private static List<String> statements(String text) {
        return SqlText.statements(text).stream().map(SqlText.Statement::text).toList();
    }

    private static List<String> markers(String text) {
        return SqlText.statements(text).stream()
                .flatMap(statement -> statement.markers().stream())
                .toList();
    }

    @Test
    void statements_end_at_semicolons_and_keep_their_comments_but_not_those_before_them() {
        assertThat(statements(
                        "-- first\nselect 1; -- a remark; with a semicolon\n\nselect /* ; */ ';', \";\", `;`; -- end"))
                .containsExactly("select 1", "select /* ; */ ';', \";\", `;`");
        assertThat(statements("select 'it\\'s; one';select $$;$$ ; "))
                .containsExactly("select 'it\\'s; one'", "select $$;$$");
        assertThat(statements("select 1 -- open\n")).containsExactly("select 1 -- open");
    }

    @Test
    void each_statement_knows_its_line_and_its_markers() {
        List<SqlText.Statement> found = SqlText.statements("\nselect :a;\n/* x\n */ select :b,\n :c");
        assertThat(found).extracting(SqlText.Statement::line).containsExactly(1, 3);
        assertThat(found.get(0).markers()).containsExactly("a");
        assertThat(found.get(1).markers()).containsExactly("b", "c");
    }

    @Test
    void semicolons_of_a_script_end_none_of_its_statements() {
        String script = """
                BEGIN
                  DECLARE x INT DEFAULT 1;
                  IF x > 0 THEN SELECT CASE WHEN x = 1 THEN 'a' END; END IF;
                  WHILE x < 3 DO SET x = x + 1; END WHILE;
                  CASE x WHEN 3 THEN SELECT 1; END CASE;
                  BEGIN SELECT 2; END;
                END""";
        assertThat(statements(script + ";\nselect 1")).containsExactly(script, "select 1");
        assertThat(statements("label: " + script)).hasSize(1);
        assertThat(statements("select case when a then 1 end; select end from t; select begin; select 2"))
                .hasSize(4);
    }

    @Test
    void markers_are_found_only_in_code() {
        assertThat(markers("select :a, ':b', \":c\", `:d` -- :e\n, x::int, /* :f */ m[:g], 'it\\'s :h'"))
                .containsExactly("a", "g");
    }

    @Test
    void times_and_paths_are_not_markers() {
        assertThat(markers("select v:field, 12:30, :1st")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t",
                ";",
                ";;;\r\n",
                "--",
                "-- x",
                "/**/",
                "/* a */ -- b\n;",
                "/* /* */ ",
                "/* open",
                " -- nothing\n/* a /* nested */ comment */ ;; "
            })
    void there_is_no_statement_in(String text) {
        assertThat(statements(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "'", "\"open", "`", "-- a\nx", "/* a */1", "-", "/", "-- first\nselect 1;"})
    void there_is_one_in_whatever_else(String text) {
        assertThat(statements(text)).hasSize(1);
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
        assertThat(markers(text)).containsExactlyElementsOf(expected);
    }
}
