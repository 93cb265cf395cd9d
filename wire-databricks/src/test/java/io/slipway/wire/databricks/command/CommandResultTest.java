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

    private static String shown(String mime, String value) {
        return "{\"type\":\"display_data\",\"data\":{\"" + mime + "\":" + value + "},\"metadata\":{}}";
    }

    private static final String TABLE = shown(
            "application/vnd.slipway.table+json",
            "{\"schema\":[{\"name\":\"id\",\"type\":\"\\\"long\\\"\"}],\"data\":[[1],[null]],\"truncated\":true}");

    @Test
    void nothing_at_all_is_an_empty_text() throws IOException {
        assertThat(result()).isEqualTo("{\"resultType\":\"text\",\"data\":\"\"}");
        assertThat(result("{\"type\":\"progress\",\"stages\":[]}", "{\"type\":\"widgets\"}", "{}"))
                .isEqualTo("{\"resultType\":\"text\",\"data\":\"\"}");
    }

    @Test
    void what_is_printed_and_the_last_value_are_one_text_in_their_order() throws IOException {
        String value = "{\"type\":\"execute_result\",\"data\":{\"text/plain\":\"3\",\"text/html\":\"<b>3</b>\"}}";
        assertThat(result(PRINTED, value)).isEqualTo("{\"resultType\":\"text\",\"data\":\"before\\n3\"}");
        assertThat(result(shown("text/html", "\"<b>x</b>\"")))
                .isEqualTo("{\"resultType\":\"text\",\"data\":\"<b>x</b>\"}");
    }

    @Test
    void a_table_beats_images_and_text_and_says_whether_it_is_all() throws IOException {
        assertThat(result(PRINTED, TABLE, shown("image/png", "\"AAAA\"")))
                .isEqualTo(
                        "{\"resultType\":\"table\",\"data\":[[1],[null]],"
                                + "\"schema\":[{\"name\":\"id\",\"type\":\"\\\"long\\\"\"}],\"truncated\":true,\"isJsonSchema\":true}");
    }

    @Test
    void one_image_is_a_file_and_more_are_files() throws IOException {
        String png = shown("image/png", "\"AAAA\\n\"");
        String jpeg = shown("image/jpeg", "\"BBBB\"");
        assertThat(result(PRINTED, png))
                .isEqualTo("{\"resultType\":\"image\",\"fileName\":\"data:image/png;base64,AAAA\"}");
        assertThat(result(png, jpeg))
                .isEqualTo("{\"resultType\":\"images\",\"fileNames\":[\"data:image/png;base64,AAAA\","
                        + "\"data:image/jpeg;base64,BBBB\"]}");
    }

    @Test
    void an_error_beats_everything_before_it_and_without_a_trace_is_its_own_cause() throws IOException {
        assertThat(result(TABLE, "{\"type\":\"error\",\"ename\":\"E\",\"evalue\":\"v\",\"traceback\":[]}"))
                .isEqualTo("{\"resultType\":\"error\",\"summary\":\"E: v\",\"cause\":\"E: v\"}");
    }
}
