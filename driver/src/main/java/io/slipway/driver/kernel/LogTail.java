package io.slipway.driver.kernel;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log. */
final class LogTail {
    private LogTail() {}

    /** The last whole lines that fit into so many bytes; empty if there are none. */
    static String of(Path file, int most) {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - most);
            byte[] bytes = new byte[(int) (open.length() - from)];
            open.seek(from);
            open.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String lines = from == 0 ? text : text.substring(text.indexOf('\n') + 1);
            return lines.strip();
        } catch (IOException gone) {
            return "";
        }
    }
}
