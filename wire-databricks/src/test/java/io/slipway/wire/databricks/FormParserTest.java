package io.slipway.wire.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.ContentDisposition;
import io.slipway.kit.PlatformException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormParserTest {
    /** Begins like the delimiter again and again, and has every byte that could be taken for a part of it. */
    private static final String TRICKY =
            "\r\n--fronti\r\n--\r\n\r\n-frontier--frontier\r\n--frontierx\r\r\n--frontier \u00ff\u0000\r\n-";

    private static final String FORM =
            "preamble\r\n--frontier\r\nContent-Disposition: form-data; name=\"path\"\r\n\r\n/a"
                    + "\r\n--frontier\r\ncontent-type: x/y\r\ncontent-disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
                    + TRICKY
                    + "\r\n--frontier\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--frontier--\r\nepilogue\r\n--frontier\r\n";

    private static final List<String> PARTS = List.of("path null /a", "file f " + TRICKY, "empty null ");

    private static List<String> parsed(String boundary, List<byte[]> pieces) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        FormParser parser = new FormParser(boundary, new FormParser.Parts() {
            @Override
            public void begin(ContentDisposition disposition) {
                part.setLength(0);
                part.append(disposition.name())
                        .append(' ')
                        .append(disposition.filename())
                        .append(' ');
            }

            @Override
            public void data(byte[] piece) {
                assertThat(piece).isNotEmpty();
                part.append(new String(piece, StandardCharsets.ISO_8859_1));
            }

            @Override
            public void end() {
                parts.add(part.toString());
            }
        });
        pieces.forEach(parser::take);
        parser.finish();
        return parts;
    }

    private static byte[] bytes(String form) {
        return form.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<byte[]> cut(String form, int... at) {
        byte[] all = bytes(form);
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int to : at) {
            pieces.add(Arrays.copyOfRange(all, from, to));
            from = to;
        }
        pieces.add(Arrays.copyOfRange(all, from, all.length));
        return pieces;
    }

    @Test
    void a_form_in_one_piece_is_taken_apart() {
        assertThat(parsed("frontier", cut(FORM))).isEqualTo(PARTS);
        assertThat(parsed("frontier", cut(FORM.substring("preamble\r\n".length()))))
                .isEqualTo(PARTS);
    }

    @Test
    void a_form_means_the_same_wherever_it_is_cut_in_two_or_three() {
        for (int first = 0; first <= FORM.length(); first++) {
            assertThat(parsed("frontier", cut(FORM, first)))
                    .as("cut at " + first)
                    .isEqualTo(PARTS);
            int second = Math.min(FORM.length(), first + 1 + first % 13);
            assertThat(parsed("frontier", cut(FORM, first, second)))
                    .as("cut at " + first + ", " + second)
                    .isEqualTo(PARTS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 11, 12, 13, 100})
    void a_form_means_the_same_in_pieces_of_any_size(int size) {
        int[] ends = IntStream.iterate(size, end -> end < FORM.length(), end -> end + size)
                .toArray();
        assertThat(parsed("frontier", cut(FORM, ends))).isEqualTo(PARTS);
    }

    @Test
    void a_form_of_no_parts_has_none() {
        assertThat(parsed("frontier", cut("--frontier--"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--frontier",
                "--frontier\r\n",
                "--frontier\r\nContent-Disposition: form-data; name=a",
                "--frontier\r\nContent-Disposition: form-data; name=a\r\n\r\n",
                "--frontier\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--frontier",
                "--frontier\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--frontier-",
                "--frontier\r\n\r\nno head\r\n--frontier--",
                "--frontier\r\nContent-Type: x/y\r\n\r\nno name\r\n--frontier--",
                "x--frontier--",
                "--other--\r\n"
            })
    void what_is_no_whole_form_is_refused(String form) {
        assertThatThrownBy(() -> parsed("frontier", cut(form)))
                .isInstanceOf(PlatformException.class)
                .hasMessage("The multipart form cannot be read.");
    }

    @Test
    void a_head_without_an_end_is_not_kept_for_ever() {
        List<byte[]> pieces = new ArrayList<>(List.of(bytes("--frontier\r\n")));
        for (int i = 0; i < 20; i++) {
            pieces.add(bytes("x".repeat(1000)));
        }
        List<byte[]> begun = pieces;
        assertThatThrownBy(() -> parsed("frontier", begun)).isInstanceOf(PlatformException.class);
    }
}
