package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedactionTest {
    private static final String VALUE = "pass<wörd>&1";

    private final Redaction driver = new Redaction();
    private final Redaction redaction = driver.ofContext();
    private final List<Frame> all = new ArrayList<>();
    private final Frames frames = new Frames((seq, frame, bytes) -> all.add(frame), redaction);

    private String shown() {
        return all.stream()
                .map(frame -> frame instanceof Frame.Stream stream ? stream.text() : "")
                .collect(Collectors.joining());
    }

    @Test
    void a_value_is_hidden_wherever_it_stands_in_a_text() {
        redaction.learn(VALUE);
        frames.stream("stdout", VALUE + " and x" + VALUE + VALUE + "y");
        assertThat(shown()).isEqualTo("[REDACTED] and x[REDACTED][REDACTED]y");
    }

    @Test
    void a_value_in_pieces_is_hidden_as_well() {
        redaction.learn(VALUE);
        for (int size = 1; size <= VALUE.length() + 1; size++) {
            all.clear();
            Frames one = new Frames((seq, frame, bytes) -> all.add(frame), redaction);
            String text = "a pas pass" + VALUE + "pass<w end pa";
            for (int at = 0; at < text.length(); at += size) {
                one.stream("stdout", text.substring(at, Math.min(text.length(), at + size)));
                one.stream("stderr", "");
            }
            one.close();
            assertThat(shown()).as("pieces of " + size).isEqualTo("a pas pass[REDACTED]pass<w end pa");
        }
    }

    @Test
    void a_display_between_the_pieces_does_not_set_the_first_one_free() {
        redaction.learn(VALUE);
        frames.stream("stdout", VALUE.substring(0, 5));
        frames.display(Mime.TEXT, Json.tree("between"));
        frames.stream("stdout", VALUE.substring(5));
        frames.close();
        assertThat(shown()).isEqualTo("[REDACTED]");
    }

    @Test
    void what_only_begins_like_a_value_is_told_in_the_end() {
        redaction.learn("abcdef");
        frames.stream("stdout", "so abc");
        frames.stream("stderr", "ab");
        assertThat(shown()).isEqualTo("so ");
        frames.error("E", "e", List.of());
        assertThat(all.get(all.size() - 1)).isInstanceOf(Frame.Problem.class);
        assertThat(shown()).isEqualTo("so abcab");
        frames.close();
        assertThat(shown()).isEqualTo("so abcab");
    }

    @Test
    void of_two_values_that_begin_alike_the_longer_one_is_hidden_whole() {
        redaction.learn("abcd");
        redaction.learn("abcdefgh");
        for (char letter : "x abcdefgh abcdef.".toCharArray()) {
            frames.stream("stdout", String.valueOf(letter));
        }
        frames.close();
        assertThat(shown()).isEqualTo("x [REDACTED] [REDACTED]ef.");
    }

    @Test
    void displays_results_updates_and_errors_hide_it_too() {
        redaction.learn(VALUE);
        redaction.learn("123456");
        frames.display(Mime.TEXT, Json.tree(VALUE));
        frames.display(Json.tree(Map.of("t", Map.of(VALUE, List.of(List.of(VALUE, 123456, 7))))), Json.object(), "d");
        frames.result(Json.tree(Map.of("text/html", "<b>pass&lt;wörd&gt;&amp;1</b>")), Json.tree(Map.of("m", VALUE)));
        frames.update("d", Json.tree(Map.of("t", "x" + VALUE)), Json.object());
        frames.error("ValueError", "no " + VALUE, List.of("line", "raise " + VALUE));
        frames.close();
        assertThat(Json.tree(all).toString()).doesNotContain("wörd", "123456").contains("[REDACTED]", "7");
        assertThat(all).hasSize(5);
    }

    @Test
    void a_value_is_hidden_without_its_space_and_as_code_writes_it() {
        redaction.learn("-----BEGIN-----\nkey\n");
        frames.stream("stdout", "-----BEGIN-----\nkey and '-----BEGIN-----\\nkey\\n'");
        frames.close();
        assertThat(shown()).isEqualTo("[REDACTED] and '[REDACTED]'");
    }

    @Test
    void values_of_less_than_four_letters_are_parts_of_too_many_words_to_be_hidden() {
        redaction.learn("");
        redaction.learn("abc");
        redaction.learn(" a \n");
        frames.stream("stdout", "abc a ");
        assertThat(shown()).isEqualTo("abc a ");
        redaction.learn("abcd");
        frames.stream("stdout", "abcd");
        assertThat(shown()).isEqualTo("abc a [REDACTED]");
    }

    @Test
    void what_one_context_has_read_is_hidden_there_and_in_logs_and_what_the_cluster_was_given_everywhere()
            throws IOException {
        Redaction other = driver.ofContext();
        redaction.learn("of-context");
        driver.learn("of-cluster");
        String text = "of-context of-cluster";
        assertThat(redaction.hide(text)).isEqualTo("[REDACTED] [REDACTED]");
        assertThat(other.hide(text)).isEqualTo("of-context [REDACTED]");
        assertThat(written(driver, text)).isEqualTo("[REDACTED] [REDACTED]");
    }

    private static String written(Redaction redaction, String text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (OutputStream log = redaction.log(out)) {
            for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
                log.write(each);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void logs_and_downloads_hide_it_whatever_the_letters() throws IOException {
        redaction.learn(VALUE);
        assertThat(written(driver, "größe " + VALUE + " ö\n")).isEqualTo("größe [REDACTED] ö\n");
        var out = new ByteArrayOutputStream();
        try (OutputStream file = redaction.download(out)) {
            file.write(("ä," + VALUE + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ä,[REDACTED]\r\n");
    }

    @Test
    @Timeout(60)
    void a_long_text_full_of_values_takes_no_longer_than_another() {
        redaction.learn("needle<1>");
        redaction.learn("never there");
        String text = "need needle<1> ".repeat(300_000);
        assertThat(redaction.hide(text)).isEqualTo("need [REDACTED] ".repeat(300_000));
        frames.stream("stdout", text + "needle");
        frames.close();
        assertThat(shown()).endsWith("need [REDACTED] needle");
    }
}
