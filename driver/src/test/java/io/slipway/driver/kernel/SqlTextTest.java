package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {
    @Test
    void commentsAndSemicolonsAreNoStatement() {
        assertThat(SqlText.of(" -- nothing\n/* a /* nested */ comment */ ;; ").blank())
                .isTrue();
        assertThat(SqlText.of("-- first\nselect 1;").blank()).isFalse();
        assertThat(SqlText.of("/* open").blank()).isTrue();
    }

    @Test
    void markersAreFoundOnlyInCode() {
        assertThat(SqlText.of("select :a, ':b', \":c\", `:d` -- :e\n, x::int, /* :f */ m[:g], 'it\\'s :h'")
                        .markers())
                .containsExactly("a", "g");
    }

    @Test
    void timesAndPathsAreNotMarkers() {
        assertThat(SqlText.of("select v:field, 12:30, :1st").markers()).isEmpty();
    }
}
