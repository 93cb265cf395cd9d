package io.slipway.driver.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.protocol.driver.CommandRequest;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Question;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"language\":\"python\",\"code\":\"x\"}",
                "{\"language\":null,\"code\":\"x\",\"cursor\":1}",
                "{\"language\":\"python\",\"code\":\"x\",\"cursor\":\"first\"}",
                "[]",
                "null",
                "7"
            })
    void a_request_without_all_of_its_fields_is_an_argument_that_cannot_be(String text) throws JsonProcessingException {
        JsonNode body = Json.parse(text);
        assertThatThrownBy(() -> Json.request(body, Question.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_may_have_fields_of_a_newer_server() throws JsonProcessingException {
        JsonNode body = Json.parse("{\"language\":\"sql\",\"code\":\"x\",\"cursor\":1,\"more\":{\"a\":[1]}}");
        assertThat(Json.request(body, Question.class)).isEqualTo(new Question("sql", "x", 1));
    }

    @Test
    void a_command_of_an_unknown_kind_is_refused() throws JsonProcessingException {
        JsonNode body = Json.parse("{\"spec\":{\"kind\":\"cobol\"},\"widgets\":{},\"catalogs\":[],\"token\":\"\"}");
        assertThatThrownBy(() -> Json.request(body, CommandRequest.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cobol");
        JsonNode known = Json.parse("{\"spec\":{\"kind\":\"code\",\"language\":\"sql\",\"code\":\"select '\u2603'\"},"
                + "\"widgets\":{},\"catalogs\":[],\"token\":\"\"}");
        assertThat(Json.request(known, CommandRequest.class).spec())
                .isEqualTo(new CommandSpec.Code("sql", "select '\u2603'"));
    }

    @Test
    void a_text_of_any_length_is_read() throws JsonProcessingException {
        // Jackson itself stops at twenty million characters.
        String text = "x".repeat(21_000_000);
        assertThat(Json.parse("\"" + text + "\"").asText()).hasSize(text.length());
    }

    @Test
    void fields_keep_their_order_and_stay_trees() throws JsonProcessingException {
        Map<String, Object> fields = Json.fields(Json.parse("{\"z\":{\"deep\":1},\"a\":[true],\"m\":null}"));
        assertThat(fields.keySet()).containsExactly("z", "a", "m");
        assertThat(Json.text(fields)).isEqualTo("{\"z\":{\"deep\":1},\"a\":[true],\"m\":null}");
    }

    @Test
    void what_is_null_is_left_out_of_records_and_kept_in_maps() {
        assertThat(Json.text(new Frame.DisplayData(Map.of("a", 1), Map.of(), null)))
                .contains("\"data\":{\"a\":1}")
                .doesNotContain("null");
    }
}
