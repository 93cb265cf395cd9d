package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.Frame;
import io.slipway.protocol.driver.Mime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final List<Frame> all = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final Frames frames = new Frames((seq, frame, bytes) -> {
        numbers.add(seq);
        all.add(frame);
    });

    @Test
    void output_is_cut_at_the_limit_and_says_so() {
        String megabyte = "x".repeat(1024 * 1024);
        for (int i = 0; i < 12; i++) {
            frames.stream("stdout", megabyte);
        }
        assertThat(notice(all.get(all.size() - 1))).contains("Output was cut");
        frames.close();
        long size = all.stream().mapToLong(frame -> Json.bytes(frame).length).sum();
        assertThat(size).as("the end included").isBetween(Frames.LIMIT_BYTES - 10_000L, (long) Frames.LIMIT_BYTES);
    }

    @Test
    void an_error_gets_through_after_the_cut() {
        frames.stream("stdout", "x".repeat(Frames.LIMIT_BYTES + 1));
        frames.error("ValueError", "late", List.of());
        assertThat(all.get(all.size() - 1)).isEqualTo(new Frame.Problem("ValueError", "late", List.of()));
        assertThat(frames.sawError()).isTrue();
    }

    @Test
    void the_end_of_a_cut_text_follows_when_the_command_ends() {
        for (int i = 0; i < 400_000; i++) {
            frames.stream("stdout", "line " + i + " " + "x".repeat(40) + "\n");
        }
        frames.close();
        assertThat(all.stream().map(FramesTest::notice).filter(each -> !each.isEmpty()))
                .hasSize(2)
                .last()
                .asString()
                .contains("characters are left out");
        assertThat(text()).startsWith("line 0 ");
        assertThat(text()).endsWith("line 399999 " + "x".repeat(40) + "\n");
        assertThat(text().length()).isLessThan(Frames.LIMIT_BYTES);
    }

    @Test
    void a_single_text_of_any_length_loses_only_its_middle() {
        String text = "begin " + "\u00e9".repeat(30_000_000) + " end";
        frames.stream("stdout", text);
        frames.close();
        assertThat(text()).startsWith("begin \u00e9").endsWith("\u00e9 end");
        String left = notice(all.get(all.size() - 2)).replaceAll("[^0-9]", "");
        assertThat(Long.parseLong(left) + text().length()).isEqualTo(text.length());
    }

    @Test
    void a_display_that_is_too_big_is_told_of_and_leaves_room_for_others() {
        frames.display("text/html", Json.mapper().getNodeFactory().textNode("x".repeat(50_000_000)));
        frames.stream("stdout", "small");
        assertThat(all).hasSize(2);
        assertThat(notice(all.get(0))).contains("50.0 MB (text/html) is left out", "Write it to a file");
        assertThat(all.get(1)).isEqualTo(new Frame.Stream("stdout", "small"));
    }

    @Test
    void frames_are_numbered_from_one_on() {
        frames.stream("stdout", "a");
        frames.stream("stdout", "b");
        assertThat(numbers).containsExactly(1L, 2L);
    }

    @Test
    void a_finished_command_takes_no_more_frames() {
        frames.close();
        frames.stream("stdout", "late");
        assertThat(all).isEmpty();
    }

    @Test
    void a_character_of_two_units_is_never_cut_in_two() {
        for (String odd : List.of("-", "x-", "-y", "x-y")) {
            all.clear();
            Frames other = new Frames((seq, frame, bytes) -> all.add(frame));
            other.stream("stdout", odd.replace("-", "\uD83D\uDE80".repeat(5_000_000)));
            other.close();
            for (Frame frame : all) {
                if (frame instanceof Frame.Stream stream) {
                    assertThat(Character.isLowSurrogate(stream.text().charAt(0)))
                            .isFalse();
                    assertThat(Character.isHighSurrogate(
                                    stream.text().charAt(stream.text().length() - 1)))
                            .isFalse();
                }
            }
            long left = Long.parseLong(notice(all.get(all.size() - 2)).replaceAll("[^0-9]", ""));
            assertThat(left + text().length()).isEqualTo(odd.length() - 1 + 10_000_000L);
        }
    }

    @Test
    void displays_that_come_after_the_cut_are_not_shown() {
        frames.stream("stdout", "x".repeat(Frames.LIMIT_BYTES + 1));
        int before = all.size();
        frames.display("text/html", Json.mapper().getNodeFactory().textNode("small"));
        frames.result(Json.object().put(Mime.TEXT, "1"), Json.object());
        assertThat(all).hasSize(before);
    }

    @Test
    void a_display_with_an_id_can_be_updated_and_one_without_cannot() {
        var data = Json.object().put(Mime.TEXT, "x");
        frames.display(data, Json.object().put("width", 1), "plot");
        frames.display(data, Json.object(), "");
        frames.update("plot", data, Json.object());
        assertThat(((Frame.DisplayData) all.get(0)).displayId()).isEqualTo("plot");
        assertThat(((Frame.DisplayData) all.get(1)).displayId()).isNull();
        assertThat(((Frame.UpdateDisplayData) all.get(2)).displayId()).isEqualTo("plot");
    }

    @Test
    void every_error_is_told_however_many_there_are() {
        frames.stream("stdout", "x".repeat(Frames.LIMIT_BYTES + 1));
        frames.error("A", "1", List.of());
        frames.stream("stdout", "between");
        frames.error("B", "2", List.of());
        assertThat(all.stream().filter(frame -> frame instanceof Frame.Problem)).hasSize(2);
        assertThat(text()).endsWith("between");
    }

    @Test
    void frames_of_several_threads_have_numbers_without_gaps_in_the_order_of_the_sink() throws InterruptedException {
        var threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    frames.stream("stdout", "x");
                }
            });
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(numbers)
                .hasSize(2_000)
                .isSorted()
                .doesNotHaveDuplicates()
                .last()
                .isEqualTo(2_000L);
    }

    private String text() {
        return all.stream()
                .map(frame -> frame instanceof Frame.Stream stream ? stream.text() : "")
                .collect(Collectors.joining());
    }

    private static String notice(Frame frame) {
        return frame instanceof Frame.DisplayData display
                ? Json.tree(display.data()).path(Mime.CUT).path("message").asText()
                : "";
    }
}
