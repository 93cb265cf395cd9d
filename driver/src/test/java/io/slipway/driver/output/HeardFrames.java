package io.slipway.driver.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import io.slipway.protocol.driver.Frame;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Frames that somebody listens to, for tests of what writes them. */
public final class HeardFrames {
    private final List<Frame> all = new CopyOnWriteArrayList<>();
    private final Frames frames = new Frames((seq, frame, bytes) -> all.add(frame));

    public Frames frames() {
        return frames;
    }

    public List<Frame> all() {
        return all;
    }

    /** What stands in the frames of one stream. */
    public String text(String stream) {
        return all.stream()
                .map(frame -> frame instanceof Frame.Stream text && text.name().equals(stream) ? text.text() : "")
                .collect(Collectors.joining());
    }

    /** What was displayed as this type, oldest first. */
    public List<JsonNode> displayed(String mime) {
        return all.stream()
                .filter(frame -> frame instanceof Frame.DisplayData)
                .map(frame -> Json.tree(((Frame.DisplayData) frame).data()).path(mime))
                .filter(value -> !value.isMissingNode())
                .toList();
    }

    public List<Frame.Problem> problems() {
        return all.stream()
                .filter(frame -> frame instanceof Frame.Problem)
                .map(frame -> (Frame.Problem) frame)
                .toList();
    }
}
