package io.slipway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is taken as what it is, or refused. */
class WireJsonTest {
    enum Colour {
        RED,
        BLUE
    }

    record Leaf(Optional<Integer> deep) {}

    record Sample(
            Optional<Integer> whole,
            Optional<Long> large,
            Optional<Double> real,
            Optional<Boolean> flag,
            Optional<Colour> colour,
            Optional<String> text,
            List<String> names,
            List<Colour> colours,
            List<Leaf> leaves,
            Map<String, String> tags,
            Map<String, Integer> counts,
            Optional<List<String>> maybe,
            Optional<Leaf> inner) {}

    private static Sample read(String json) {
        return WireJson.bind(WireJson.object(json.getBytes(StandardCharsets.UTF_8)), Sample.class);
    }

    private static PlatformException refusal(String json) {
        try {
            Sample taken = read(json);
            throw new AssertionError("taken as " + taken + ": " + json);
        } catch (PlatformException e) {
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'whole':2.7}",
                "{'whole':2.0}",
                "{'whole':1e2}",
                "{'whole':''}",
                "{'whole':' '}",
                "{'whole':'many'}",
                "{'whole':'2.7'}",
                "{'whole':true}",
                "{'whole':[1]}",
                "{'whole':{}}",
                "{'whole':2147483648}",
                "{'whole':-2147483649}",
                "{'large':9223372036854775808}",
                "{'large':1000000000000000000000000000000}",
                "{'large':1.5}",
                "{'large':''}",
                "{'real':''}",
                "{'real':'x'}",
                "{'real':true}",
                "{'flag':1}",
                "{'flag':0}",
                "{'flag':''}",
                "{'flag':'yes'}",
                "{'flag':[true]}",
                "{'text':[]}",
                "{'text':{}}",
                "{'names':'one'}",
                "{'names':[['one']]}",
                "{'names':{}}",
                "{'tags':[]}",
                "{'tags':{'a':[]}}",
                "{'counts':{'a':1.5}}",
                "{'counts':{'a':''}}",
                "{'inner':3}",
                "{'inner':{'deep':'x'}}",
                "{'leaves':[{'deep':2.7}]}"
            })
    void what_is_no_value_of_its_field_is_malformed_and_the_field_is_named(String json) {
        PlatformException refused = refusal(json.replace('\'', '"'));
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        String field = json.substring(2, json.indexOf('\'', 2));
        assertThat(refused.message()).contains("'" + field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'colour':'GREEN'}",
                "{'colour':'red'}",
                "{'colour':''}",
                "{'colour':'1'}",
                "{'colour':1}",
                "{'colours':['RED','GREEN']}"
            })
    void an_unknown_value_of_an_enumeration_is_refused_with_those_that_are_known(String json) {
        PlatformException refused = refusal(json.replace('\'', '"'));
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE);
        assertThat(refused.message()).contains("Allowed values: RED, BLUE").contains("colour");
    }

    @ParameterizedTest
    @CsvSource({
        "names, '{\"names\":[\"a\",null]}'",
        "colours, '{\"colours\":[null]}'",
        "leaves, '{\"leaves\":[null]}'",
        "tags, '{\"tags\":{\"a\":null}}'",
        "counts, '{\"counts\":{\"a\":null}}'",
        "maybe, '{\"maybe\":[null]}'"
    })
    void lists_and_maps_have_no_holes(String field, String json) {
        PlatformException refused = refusal(json);
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThat(refused.message()).contains("'" + field);
    }

    @Test
    void null_is_the_same_as_absent_for_every_kind_of_field() {
        Sample absent = read("{}");
        assertThat(read("{\"whole\":null,\"large\":null,\"real\":null,\"flag\":null,\"colour\":null,\"text\":null,"
                        + "\"names\":null,\"colours\":null,\"leaves\":null,\"tags\":null,\"counts\":null,\"maybe\":null,"
                        + "\"inner\":null}"))
                .isEqualTo(absent);
        assertThat(absent.names()).isEmpty();
        assertThat(absent.tags()).isEmpty();
        assertThat(absent.maybe()).isEmpty();
    }

    @Test
    void numbers_in_quotes_as_old_clients_send_them_are_those_numbers() {
        Sample sample = read("{\"whole\":\"3\",\"large\":\"-4\",\"real\":\"1.5\",\"flag\":\"true\"}");
        assertThat(sample.whole()).hasValue(3);
        assertThat(sample.large()).hasValue(-4L);
        assertThat(sample.real()).hasValue(1.5);
        assertThat(sample.flag()).hasValue(true);
    }

    @Test
    void the_ends_of_the_ranges_are_in_them() {
        Sample sample = read("{\"whole\":-2147483648,\"large\":9223372036854775807,\"real\":3}");
        assertThat(sample.whole()).hasValue(Integer.MIN_VALUE);
        assertThat(sample.large()).hasValue(Long.MAX_VALUE);
        assertThat(sample.real()).hasValue(3.0);
    }

    @Test
    void unknown_fields_are_ignored_and_names_are_in_snake_case() {
        record Cased(Optional<Integer> someNumber) {}
        var tree = WireJson.object(
                "{\"some_number\":1,\"someNumber\":2,\"other\":{\"x\":[]}}".getBytes(StandardCharsets.UTF_8));
        assertThat(WireJson.bind(tree, Cased.class).someNumber()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}}", "{} {}", "[]", "3", "\"x\"", "null", "{\"a\":NaN}", "{'a':1}", "{\"a\":01}"})
    void a_body_is_one_json_object_and_nothing_else(String body) {
        assertThatThrownBy(() -> WireJson.object(body.getBytes(StandardCharsets.UTF_8)))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST));
    }

    @Test
    void bytes_that_are_no_utf_8_are_no_json() {
        byte[] latin = "{\"text\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> WireJson.object(latin)).isInstanceOf(PlatformException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":\"a\\u0000\"}",
                "{\"text\":\"\\ud800\"}",
                "{\"text\":\"\\ud800x\"}",
                "{\"text\":\"\\udc00\\ud800\"}",
                "{\"a\\u0000\":1}",
                "{\"\\udc00\":1}",
                "{\"x\":[{\"y\":[\"\\ud83d\"]}]}"
            })
    void text_that_cannot_be_kept_is_refused_wherever_it_is_also_in_fields_nobody_reads(String json) {
        assertThat(refusal(json).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void whole_pairs_of_surrogates_and_control_characters_other_than_zero_are_text() {
        assertThat(read("{\"text\":\"\\ud83d\\ude00\\ud83d\\ude00\\u0001\\t\"}").text())
                .hasValue("\ud83d\ude00\ud83d\ude00\u0001\t");
    }

    @Test
    void a_document_of_too_many_values_is_refused_before_it_fills_the_memory() {
        String many = "{\"names\":[" + "1,".repeat(600_000) + "1]}";
        assertThat(refusal(many).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
        assertThatCode(() -> read("{\"names\":[" + "\"1\",".repeat(100_000) + "\"1\"]}"))
                .doesNotThrowAnyException();
    }

    @Test
    void a_document_that_is_too_deep_is_refused() {
        String deep = "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
        assertThat(refusal(deep).code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void a_refusal_shows_no_more_than_the_beginning_of_a_long_value() {
        String message =
                refusal("{\"colour\":\"" + "\ud83d\ude00".repeat(5000) + "\"}").message();
        assertThat(message).contains("\ud83d\ude00...").hasSizeLessThan(400);
        assertThatCode(() -> WireJson.checkText(message)).doesNotThrowAnyException();
    }

    @Test
    void the_place_of_a_fault_in_a_document_is_told_with_its_index() {
        assertThat(refusal("{\"leaves\":[{},{\"deep\":\"x\"}]}").message()).contains("leaves.[1].deep");
    }

    @Test
    void answers_have_no_empty_lists_maps_and_optionals_and_keep_zeros_and_empty_text() throws JsonProcessingException {
        record Told(
                Optional<Integer> none,
                Optional<Integer> some,
                List<String> empty,
                Map<String, String> noTags,
                int zero,
                boolean no,
                String text) {}
        assertThat(WireJson.mapper()
                        .writeValueAsString(
                                new Told(Optional.empty(), Optional.of(0), List.of(), Map.of(), 0, false, "")))
                .isEqualTo("{\"some\":0,\"zero\":0,\"no\":false,\"text\":\"\"}");
    }
}
