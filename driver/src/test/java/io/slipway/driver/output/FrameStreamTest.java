package io.slipway.driver.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.protocol.driver.Frame;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameStreamTest {
    @Test
    void charactersSurviveBeingWrittenByteByByte() {
        var heard = new StringBuilder();
        var frames = new Frames((seq, frame, bytes) -> heard.append(((Frame.Stream) frame).text()));
        String text = "grüße 🚀 ".repeat(5_000);
        try (var stream = new FrameStream(frames, "stdout")) {
            for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
                stream.write(b);
            }
        }
        assertThat(heard.toString()).isEqualTo(text);
    }
}
