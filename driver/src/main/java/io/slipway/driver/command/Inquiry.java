package io.slipway.driver.command;

import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.Mime;
import org.jspecify.annotations.Nullable;

/** A question of a command to whoever looks at its output: a display that becomes plain text when it is over. */
final class Inquiry {
    private static final String UNSEEN = "\u2022".repeat(8);

    private final String displayId;
    private final String prompt;
    private final boolean hidden;
    private @Nullable String answer;

    Inquiry(String displayId, String prompt, boolean hidden) {
        this.displayId = displayId;
        this.prompt = prompt;
        this.hidden = hidden;
    }

    @Nullable
    String answer() {
        return answer;
    }

    void answer(String text) {
        answer = text;
    }

    void show(Frames frames, String command) {
        var data = Json.object().put(Mime.TEXT, prompt);
        data.putObject(Mime.QUESTION)
                .put("prompt", prompt)
                .put("hidden", hidden)
                .put("command", command);
        frames.display(data, Json.object(), displayId);
    }

    /** What was asked and answered stays to be read; a password does not. */
    void close(Frames frames) {
        String shown = answer == null ? "" : hidden ? UNSEEN : answer;
        frames.update(displayId, Json.object().put(Mime.TEXT, prompt + shown), Json.object());
    }
}
