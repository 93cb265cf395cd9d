package io.slipway.driver.sql;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The spelling of bytes in 85 signs (ZeroMQ RFC 32), in which Delta writes the names of files of deleted rows. */
final class Z85 {
    private static final String SIGNS =
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    private Z85() {}

    static String encode(UUID id) {
        ByteBuffer bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip();
        var text = new StringBuilder();
        while (bytes.hasRemaining()) {
            long word = bytes.getInt() & 0xFFFFFFFFL;
            var five = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                five.append(SIGNS.charAt((int) (word % 85)));
                word /= 85;
            }
            text.append(five.reverse());
        }
        return text.toString();
    }
}
