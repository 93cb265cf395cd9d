package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @Test
    void quotesAndBackslashesKeepWordsTogether() {
        assertThat(Words.of("install \"a b\" 'c d' e\\ f '' x'y'z"))
                .containsExactly("install", "a b", "c d", "e f", "", "xyz");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(Words.of("ls $HOME; rm *")).containsExactly("ls", "$HOME;", "rm", "*");
    }

    @Test
    void anOpenQuoteIsRefused() {
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
    void aLineIsCutAsAShellWouldCutIt(String words, String line) {
        String[] expected = words == null ? new String[0] : words.split("#");
        assertThat(Words.of(line)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "a 'b", "\"a\\\"", "'a\\' 'b"})
    void quotesThatAreNotClosedAreRefusedWithTheLine(String line) {
        assertThatThrownBy(() -> Words.of(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line);
    }
}
