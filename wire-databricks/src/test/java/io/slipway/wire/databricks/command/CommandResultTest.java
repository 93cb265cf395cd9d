package io.slipway.wire.databricks.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.spark.kernel.OutputFrame;
import io.slipway.wire.WireJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one result of API 1.2 that is made of a command's frames. */
class CommandResultTest {
    private static final String PRINTED = """
            {"type":"stream","name":"stdout","text":"before\\n"}""";
    private static final String EXIT = """
            {"type":"display_data","data":{"application/vnd.slipway.exit+json":{"value":"[1, 2]"}},"metadata":{}}""";
    private static final String ERROR = """
            {"type":"error","ename":"ValueError","evalue":"no","traceback":["line 1"]}""";

    private static String result(String... frames) throws IOException {
        List<OutputFrame> all = new ArrayList<>();
        for (String frame : frames) {
            all.add(new OutputFrame(all.size() + 1, WireJson.mapper().readTree(frame)));
        }
        return CommandResult.of(all).toString();
    }

    @Test
    void what_a_notebook_exits_with_is_the_data_whatever_was_printed_before() throws IOException {
        assertThat(result(EXIT)).isEqualTo("{\"resultType\":\"text\",\"data\":\"[1, 2]\"}");
        assertThat(result(PRINTED, EXIT)).isEqualTo("{\"resultType\":\"text\",\"data\":\"[1, 2]\"}");
    }

    @Test
    void what_is_printed_and_an_error_are_told_as_before() throws IOException {
        assertThat(result(PRINTED)).isEqualTo("{\"resultType\":\"text\",\"data\":\"before\"}");
        assertThat(result(PRINTED, ERROR))
                .isEqualTo("{\"resultType\":\"error\",\"summary\":\"ValueError: no\",\"cause\":\"line 1\"}");
    }
}
