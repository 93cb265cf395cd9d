package io.slipway.driver.kernel;

import java.util.List;

/** Texts that may replace what stands between the two positions (UTF-16 units). */
public record Completion(List<String> matches, int cursorStart, int cursorEnd) {
    static Completion none(int cursor) {
        return new Completion(List.of(), cursor, cursor);
    }
}
