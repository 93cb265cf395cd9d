package io.slipway.driver.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void outputIsCutAtTheLimitAndSaysSo() {
        var frames = new Frames();
        String megabyte = "x".repeat(1024 * 1024);
        for (int i = 0; i < 12; i++) {
            frames.stream("stdout", megabyte);
        }
        var all = frames.after(0);
        assertThat(notice(all.get(all.size() - 1))).contains("Output was cut");
        frames.close();
        long size = frames.after(0).stream()
                .mapToLong(frame -> Json.bytes(frame).length)
                .sum();
        assertThat(size).as("the end included").isBetween(Frames.LIMIT_BYTES - 10_000L, (long) Frames.LIMIT_BYTES);
    }

    @Test
    void anErrorGetsThroughAfterTheCut() {
        var frames = new Frames();
        frames.stream("stdout", "x".repeat(Frames.LIMIT_BYTES + 1));
        frames.error("ValueError", "late", List.of());
        var all = frames.after(0);
        assertThat(all.get(all.size() - 1).path("ename").asText()).isEqualTo("ValueError");
        assertThat(frames.sawError()).isTrue();
    }

    @Test
    void theEndOfACutTextFollowsWhenTheCommandEnds() {
        var frames = new Frames();
        for (int i = 0; i < 400_000; i++) {
            frames.stream("stdout", "line " + i + " " + "x".repeat(40) + "\n");
        }
        frames.close();
        assertThat(frames.after(0).stream().map(FramesTest::notice).filter(each -> !each.isEmpty()))
                .hasSize(2)
                .last()
                .asString()
                .contains("characters are left out");
        String text = frames.text();
        assertThat(text).startsWith("line 0 ");
        assertThat(text).endsWith("line 399999 " + "x".repeat(40) + "\n");
        assertThat(text.length()).isLessThan(Frames.LIMIT_BYTES);
    }

    @Test
    void aDisplayThatIsTooBigIsToldOfAndLeavesRoomForOthers() {
        var frames = new Frames();
        frames.display("text/html", Json.mapper().getNodeFactory().textNode("x".repeat(50_000_000)));
        frames.stream("stdout", "small");
        var all = frames.after(0);
        assertThat(all).hasSize(2);
        assertThat(notice(all.get(0))).contains("50.0 MB (text/html) is left out", "Write it to a file");
        assertThat(all.get(1).path("text").asText()).isEqualTo("small");
    }

    private static String notice(ObjectNode frame) {
        return frame.path("data").path(Frames.CUT).path("message").asText();
    }

    @Test
    void readersGetWhatTheyHaveNotSeen() {
        var frames = new Frames();
        frames.stream("stdout", "a");
        frames.stream("stdout", "b");
        assertThat(frames.after(1))
                .hasSize(1)
                .first()
                .satisfies(frame -> assertThat(frame.path("seq").asLong()).isEqualTo(2));
        assertThat(frames.after(99)).isEmpty();
    }

    @Test
    void aFinishedCommandTakesNoMoreFrames() {
        var frames = new Frames();
        frames.close();
        frames.stream("stdout", "late");
        assertThat(frames.after(0)).isEmpty();
    }
}
