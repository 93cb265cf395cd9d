package io.slipway.protocol.driver;

import java.util.List;

/** Texts that may replace what stands between the two positions, in UTF-16 units. */
public record Completion(List<String> matches, int cursorStart, int cursorEnd) {
    public Completion {
        matches = List.copyOf(matches);
    }

    public static Completion none(int cursor) {
        return new Completion(List.of(), cursor, cursor);
    }
}
