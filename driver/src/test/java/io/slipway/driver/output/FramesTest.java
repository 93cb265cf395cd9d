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
    void outputIsCutAtTheLimitAndSaysSo() {
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
    void anErrorGetsThroughAfterTheCut() {
        frames.stream("stdout", "x".repeat(Frames.LIMIT_BYTES + 1));
        frames.error("ValueError", "late", List.of());
        assertThat(all.get(all.size() - 1)).isEqualTo(new Frame.Problem("ValueError", "late", List.of()));
        assertThat(frames.sawError()).isTrue();
    }

    @Test
    void theEndOfACutTextFollowsWhenTheCommandEnds() {
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
    void aSingleTextOfAnyLengthLosesOnlyItsMiddle() {
        String text = "begin " + "\u00e9".repeat(30_000_000) + " end";
        frames.stream("stdout", text);
        frames.close();
        assertThat(text()).startsWith("begin \u00e9").endsWith("\u00e9 end");
        String left = notice(all.get(all.size() - 2)).replaceAll("[^0-9]", "");
        assertThat(Long.parseLong(left) + text().length()).isEqualTo(text.length());
    }

    @Test
    void aDisplayThatIsTooBigIsToldOfAndLeavesRoomForOthers() {
        frames.display("text/html", Json.mapper().getNodeFactory().textNode("x".repeat(50_000_000)));
        frames.stream("stdout", "small");
        assertThat(all).hasSize(2);
        assertThat(notice(all.get(0))).contains("50.0 MB (text/html) is left out", "Write it to a file");
        assertThat(all.get(1)).isEqualTo(new Frame.Stream("stdout", "small"));
    }

    @Test
    void framesAreNumberedFromOneOn() {
        frames.stream("stdout", "a");
        frames.stream("stdout", "b");
        assertThat(numbers).containsExactly(1L, 2L);
    }

    @Test
    void aFinishedCommandTakesNoMoreFrames() {
        frames.close();
        frames.stream("stdout", "late");
        assertThat(all).isEmpty();
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
