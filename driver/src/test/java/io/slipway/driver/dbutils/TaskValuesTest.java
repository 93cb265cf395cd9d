package io.slipway.driver.dbutils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slipway.driver.output.HeardFrames;
import io.slipway.protocol.driver.Mime;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskValuesTest {
    private static final Map<String, Map<String, String>> EARLIER =
            Map.of("ingest", Map.of("rows", "17", "note", "\"größe\"", "all", "[1,{\"a\":null}]"));

    private final HeardFrames heard = new HeardFrames();

    private TaskValues values(boolean job) {
        return new TaskValues(EARLIER, job, heard::frames);
    }

    static Stream<Arguments> readings() {
        return Stream.of(
                Arguments.of("rows", 17),
                Arguments.of("note", "größe"),
                Arguments.of("all", java.util.Arrays.asList(1, java.util.Collections.singletonMap("a", null))));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void a_value_of_an_earlier_task_is_read_as_what_it_was(String key, Object value) {
        assertThat(values(true).get("ingest", key)).isEqualTo(value);
    }

    @Test
    void in_a_run_the_default_answers_for_what_was_not_set() {
        assertThat(values(true).getJson("ingest", "rows", "0", "1")).isEqualTo("17");
        assertThat(values(true).getJson("ingest", "none", "0", "1")).isEqualTo("0");
        assertThat(values(true).getJson("nobody", "rows", "0", null)).isEqualTo("0");
        assertThatThrownBy(() -> values(true).getJson("ingest", "none", null, "1"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no task value named none was set by task ingest");
    }

    @Test
    void outside_of_a_run_the_debug_value_answers_and_nothing_else() {
        assertThat(values(false).getJson("nobody", "rows", "0", "1")).isEqualTo("1");
        assertThatThrownBy(() -> values(false).getJson("nobody", "rows", "0", null))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("debugValue")
                .hasMessageContaining("nobody");
    }

    @Test
    void what_is_set_is_told_as_the_json_that_it_is() {
        values(true).setJson("k", "{\"a\":[1,2.50,\"☃\"]}");
        values(true).set("l", List.of("x", 1));
        assertThat(heard.displayed(Mime.TASK_VALUE).stream().map(Object::toString))
                .containsExactly(
                        "{\"key\":\"k\",\"value\":{\"a\":[1,2.5,\"☃\"]}}", "{\"key\":\"l\",\"value\":[\"x\",1]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "undefined", "{'a': 1}", "1 2"})
    void what_is_not_json_is_refused_and_not_told(String text) {
        assertThatThrownBy(() -> values(true).setJson("k", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task value k is not JSON");
        assertThat(heard.all()).isEmpty();
    }

    @Test
    void the_limit_counts_bytes_and_not_characters() {
        String largest = '"' + "x".repeat(48 * 1024 - 2) + '"';
        values(true).setJson("k", largest);
        assertThat(heard.all()).hasSize(1);
        assertThatThrownBy(() -> values(true).setJson("k", largest.replaceFirst("x", "xx")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("48 KiB");
        assertThatThrownBy(() -> values(true).setJson("k", '"' + "ü".repeat(25 * 1024) + '"'))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(heard.all()).hasSize(1);
    }
}
