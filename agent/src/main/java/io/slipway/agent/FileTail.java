package io.slipway.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * A piece of a file.
 *
 * @param offset of its first byte
 * @param size of the whole file in bytes
 */
record FileTail(ByteBuffer content, long offset, long size) {
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    String base64() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    private byte[] bytes() {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    /** At most {@code bytes} from {@code from}, or the last ones. */
    static FileTail read(Path file, OptionalLong from, int bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long offset = Math.min(from.orElse(Math.max(0, size - bytes)), size);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes, size - offset));
            int n = 0;
            while (buffer.hasRemaining() && n >= 0) {
                n = channel.read(buffer, offset + buffer.position());
            }
            return new FileTail(buffer.flip(), offset, size);
        }
    }
}
