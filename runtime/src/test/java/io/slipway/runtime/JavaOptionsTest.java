package io.slipway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.kit.PlatformException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaOptionsTest {
    private static JavaOptions extra(String text) {
        return JavaOptions.of(Map.of("spark.driver.extraJavaOptions", text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-Da=b -Xss4m | -Da=b,-Xss4m",
                "  -Da=b\t-Dc=d  | -Da=b,-Dc=d",
                "\"-Da=b c\" -Dd='e \"f\"' | -Da=b c,-Dd=e \"f\"",
                "-Da=b\\ c | -Da=b c",
                "'-Da=b\\c' | -Da=b\\c",
                "-Da='' | -Da=",
                "--add-opens java.base/java.lang=ALL-UNNAMED -ea | --add-opens,java.base/java.lang=ALL-UNNAMED,-ea"
            })
    void options_are_split_as_a_shell_does(String text, String words) {
        assertThat(extra(text).words()).containsExactly(words.split(","));
    }

    @Test
    void the_default_ones_come_first() {
        assertThat(JavaOptions.of(Map.of(
                                "spark.driver.extraJavaOptions",
                                "-Da=mine",
                                "spark.driver.defaultJavaOptions",
                                "-Da=b"))
                        .words())
                .containsExactly("-Da=b", "-Da=mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx4g",
                "-XX:MaxHeapSize=4g",
                "-cp /tmp",
                "--class-path=/tmp",
                "-jar x.jar",
                "org.example.Main",
                "-Da=b @file",
                "'-Da=b",
                "-Da=\"b"
            })
    void what_would_make_another_process_of_the_driver_is_refused(String text) {
        assertThatThrownBy(() -> extra(text))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("spark_conf.spark.driver.extraJavaOptions");
    }
}
