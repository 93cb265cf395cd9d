package io.slipway.spark.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import io.slipway.store.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputFrameTest {
    private static OutputFrame stored(Frame frame) {
        OutputFrame told = OutputFrame.of(7, frame);
        return new OutputFrame(told.seq(), Json.read(Json.write(told.body()), JsonNode.class));
    }

    @Test
    void what_is_printed_and_why_a_command_failed_come_back_as_they_were_told() {
        Frame.Stream printed = new Frame.Stream("stderr", "a\n");
        assertThat(stored(printed).stream()).contains(printed);
        assertThat(stored(printed).problem()).isEmpty();
        Frame.Problem problem = new Frame.Problem("ValueError", "it is so", List.of("line 1", "line 2"));
        assertThat(stored(problem).problem()).contains(problem);
        assertThat(stored(problem).stream()).isEmpty();
        assertThat(stored(problem).shown().isMissingNode()).isTrue();
    }

    @Test
    void what_is_shown_is_told_apart_by_how_it_came() {
        Map<String, Object> text = Map.of(Mime.TEXT, "7");
        OutputFrame display = stored(new Frame.DisplayData(text, Map.of(), "d-1"));
        OutputFrame result = stored(new Frame.ExecuteResult(text, Map.of()));
        OutputFrame update = stored(new Frame.UpdateDisplayData(text, Map.of(), "d-1"));
        for (OutputFrame each : List.of(display, result, update)) {
            assertThat(each.shown().path(Mime.TEXT).asText()).isEqualTo("7");
            assertThat(each.seq()).isEqualTo(7);
        }
        assertThat(List.of(display.result(), result.result(), update.result())).containsExactly(false, true, false);
        assertThat(List.of(display.update(), result.update(), update.update())).containsExactly(false, false, true);
    }

    @Test
    void what_code_tells_the_platform_is_read_from_what_it_shows() {
        OutputFrame exit = stored(new Frame.DisplayData(Map.of(Mime.EXIT, Map.of("value", "{}")), Map.of(), null));
        assertThat(exit.exit()).contains("{}");
        assertThat(exit.taskValue()).isEmpty();
        OutputFrame set = stored(new Frame.DisplayData(
                Map.of(Mime.TASK_VALUE, Map.of("key", "rows", "value", List.of(1, 2))), Map.of(), null));
        assertThat(set.taskValue())
                .hasValueSatisfying(value -> assertThat(value.key()).isEqualTo("rows"))
                .hasValueSatisfying(
                        value -> assertThat(Json.write(value.value())).isEqualTo("[1,2]"));
        assertThat(set.exit()).isEmpty();
        OutputFrame widget = stored(new Frame.DisplayData(Map.of(Mime.WIDGET, Map.of("name", "env")), Map.of(), null));
        assertThat(widget.widget().path("name").asText()).isEqualTo("env");
        assertThat(exit.widget().isMissingNode()).isTrue();
        assertThat(stored(new Frame.Stream("stdout", "x")).exit()).isEmpty();
    }
}
