package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void quotes_and_backslashes_keep_words_together() {
        assertThat(Words.of("install \"a b\" 'c d' e\\ f '' x'y'z"))
                .containsExactly("install", "a b", "c d", "e f", "", "xyz");
    }

    @Test
    void nothing_is_expanded() {
        assertThat(Words.of("ls $HOME; rm *")).containsExactly("ls", "$HOME;", "rm", "*");
    }

    @Test
    void an_open_quote_is_refused() {
        assertThatThrownBy(() -> Words.of("put 'x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "none",
            value = {
                "none| ^^",
                "none| ^  \t ^",
                "a#b| ^ a  b ^",
                "a\"b| ^'a\"b'^",
                "a'b| ^\"a'b\"^",
                "a\"b| ^\"a\\\"b\"^",
                "a\\b| ^'a\\b'^",
                "a\\| ^a\\^",
                "größe#🚀 x| ^größe '🚀 x'^"
            })
    void a_line_is_cut_as_a_shell_would_cut_it(String words, String line) {
        String[] expected = words == null ? new String[0] : words.split("#");
        assertThat(Words.of(line)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "a 'b", "\"a\\\"", "'a\\' 'b"})
    void quotes_that_are_not_closed_are_refused_with_the_line(String line) {
        assertThatThrownBy(() -> Words.of(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line);
    }
}
