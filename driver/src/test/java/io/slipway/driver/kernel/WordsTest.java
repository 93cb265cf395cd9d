package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

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
}
