package io.slipway.driver.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriverFailureTest {
    static Stream<Arguments> starts() {
        return Stream.of(
                Arguments.of(
                        new IllegalStateException("outer", new NumberFormatException("Size must be…")),
                        "INVALID_ARGUMENT",
                        "Size must be…"),
                Arguments.of(
                        new RuntimeException(new BindException("Address already in use")),
                        "PORT_TAKEN",
                        "Address already in use"),
                Arguments.of(new IllegalArgumentException("port", new BindException("taken")), "PORT_TAKEN", "taken"),
                Arguments.of(new RuntimeException("no idea"), "SPARK_STARTUP_FAILURE", "no idea"),
                Arguments.of(
                        new RuntimeException(new ClassNotFoundException("org.example.Listener")),
                        "INVALID_ARGUMENT",
                        "class not found: org.example.Listener"),
                Arguments.of(
                        new RuntimeException(new NoClassDefFoundError("org/example/X")),
                        "INVALID_ARGUMENT",
                        "org/example/X"),
                Arguments.of(
                        new IOException("outer", new IllegalStateException()),
                        "SPARK_STARTUP_FAILURE",
                        "java.lang.IllegalStateException"),
                Arguments.of(new OutOfMemoryError("Java heap space"), "SPARK_STARTUP_FAILURE", "Java heap space"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void the_root_sentence_and_its_kind_are_found(Throwable error, String code, String sentence) {
        DriverFailure failure = DriverFailure.of(error);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure).hasMessage(sentence).hasCause(error);
    }

    @Test
    void a_failure_that_has_its_words_keeps_them() {
        var failure = new DriverFailure("MINE", "in my words", new IOException("deeper"));
        assertThat(DriverFailure.of(failure)).isSameAs(failure);
    }
}
