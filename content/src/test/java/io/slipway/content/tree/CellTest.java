package io.slipway.content.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
    private static Cell.Include include(String text) {
        return new Cell(text).include().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "%sql select 1, SQL, select 1",
        "%py x, PYTHON, x",
        "%md-sandbox # a, MARKDOWN, # a",
        "%sh -e ls, SHELL, -e ls",
        "%fs ls /, FILES, ls /",
        "%sqlx, PYTHON, %sqlx",
        "%timeit f(), PYTHON, %timeit f()",
        "x = 1 %sql, PYTHON, x = 1 %sql",
        "%sql, SQL, ''",
        "%pip install a, PIP, install a",
        "%restart_python, PIP, ''",
        "%skip, SKIP, ''",
    })
    void a_known_magic_at_the_very_beginning_says_what_a_cell_is_written_in(
            String text, CellLanguage language, String code) {
        Cell cell = new Cell(text);
        assertThat(cell.language(Language.PYTHON)).isEqualTo(language);
        assertThat(cell.code()).isEqualTo(code);
    }

    @Test
    void the_code_begins_below_its_magic_or_behind_it() {
        assertThat(new Cell("%sql\n\nselect 1\n").code()).isEqualTo("\nselect 1\n");
        assertThat(new Cell("%sql  select 1 \n from t").code()).isEqualTo("select 1\n from t");
    }

    @Test
    void a_cell_in_another_language_keeps_its_code() {
        Cell cell = new Cell("%sql\nselect 1");
        assertThat(cell.textIn(CellLanguage.PYTHON, Language.PYTHON)).isEqualTo("select 1");
        assertThat(cell.textIn(CellLanguage.SHELL, Language.PYTHON)).isEqualTo("%sh\nselect 1");
        assertThat(new Cell("x").textIn(CellLanguage.MARKDOWN, Language.SQL)).isEqualTo("%md\nx");
    }

    @Test
    void every_language_is_found_again_by_its_own_word() {
        for (CellLanguage language : CellLanguage.values()) {
            assertThat(CellLanguage.ofMagic(language.word())).contains(language);
        }
        assertThat(List.of(Language.values()))
                .allSatisfy(
                        language -> assertThat(CellLanguage.of(language).word()).isEqualTo(language.word()));
    }

    @Test
    void blanks_and_texts_for_the_reader_are_not_run() {
        for (String text : List.of("", " \n\t", "%md # a", "%sql", "%python\n\n", "%pip ", "%skip\n1")) {
            assertThat(new Cell(text).silent(Language.PYTHON)).as(text).isTrue();
        }
        for (String text : List.of("1", "%restart_python", "%pip list")) {
            assertThat(new Cell(text).silent(Language.SQL)).as(text).isFalse();
        }
    }

    @Test
    void an_include_names_a_notebook_and_the_values_of_its_widgets() {
        assertThat(include("%run ./setup")).isEqualTo(new Cell.Include("./setup", Map.of()));
        assertThat(include("%run ./set up $env=\"dev\" $day='1' $n=7").path()).isEqualTo("./set up");
        assertThat(include("%run ./setup $env=\"dev\" $day = '1 2' $n=7").arguments())
                .isEqualTo(Map.of("env", "dev", "day", "1 2", "n", "7"));
        assertThat(include("%run \"/Shared/my notebook\" $a=\"say \\\"hi\\\" \\\\\""))
                .isEqualTo(new Cell.Include("/Shared/my notebook", Map.of("a", "say \"hi\" \\")));
        assertThat(include("%run\n'../other'").path()).isEqualTo("../other");
        assertThat(include("\n%run ./a\n# what for\n  $x=\"1\"\n  $y=\"2\"\n"))
                .isEqualTo(new Cell.Include("./a", Map.of("x", "1", "y", "2")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%run ./a@print(1) | has to be alone in its cell, and nothing would run print(1)",
                "%run './a' b | nothing would run b",
                "%run ./a $x=\"1\" and more | nothing would run and more",
                "%run ./a $x \"1\" | cannot read $x",
                "%run ./a $x=\"1\", $y=\"2\" | nothing would run ,",
            })
    void what_an_include_would_leave_out_is_refused(String text, String words) {
        Cell cell = new Cell(text.replace('@', '\n'));
        assertThatThrownBy(cell::include).hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%run", "%run \n", "x", "%sql run ./x"})
    void other_cells_include_nothing(String text) {
        assertThat(new Cell(text).include()).isEmpty();
    }
}
