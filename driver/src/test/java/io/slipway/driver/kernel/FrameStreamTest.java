package io.slipway.driver.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.driver.command.Frames;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
    @Test
    void charactersSurviveBeingWrittenByteByByte() {
        var frames = new Frames();
        String text = "grüße 🚀 ".repeat(5_000);
        try (var stream = new FrameStream(frames, "stdout")) {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                stream.write(b);
            }
        }
        assertThat(frames.text()).isEqualTo(text);
    }
}
