package io.slipway.object.blob;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A checksum as S3 keeps it.
 *
 * @param value in Base64; one over the checksums of parts ends with their number
 * @param composite over the checksums of parts, not over the bytes
 */
public record Checksum(ChecksumAlgorithm algorithm, String value, boolean composite) {
    /** A part and how long it is. */
    public record OfPart(String value, long size) {}

    public static Checksum full(ChecksumAlgorithm algorithm, byte[] value) {
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(value), false);
    }

    /** As it stands in a row. */
    public String text() {
        return algorithm + (composite ? " COMPOSITE " : " FULL_OBJECT ") + value;
    }

    /** Empty: there is none. */
    public static Optional<Checksum> of(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String[] words = text.split(" ", -1);
        return Optional.of(new Checksum(ChecksumAlgorithm.valueOf(words[0]), words[2], words[1].equals("COMPOSITE")));
    }

    public static Checksum composite(ChecksumAlgorithm algorithm, List<OfPart> parts) {
        Digest digest = algorithm.digest();
        for (OfPart part : parts) {
            byte[] value = bytes(part.value());
            digest.update(value, 0, value.length);
        }
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(digest.value()) + "-" + parts.size(), true);
    }

    /** Over all bytes, known by those over the parts; only of cyclic ones. */
    public static Checksum joined(ChecksumAlgorithm algorithm, List<OfPart> parts) {
        Crc crc = algorithm.crc().orElseThrow();
        long all = 0;
        for (OfPart part : parts) {
            all = crc.joined(all, number(bytes(part.value())), part.size());
        }
        byte[] eight = ByteBuffer.allocate(Long.BYTES).putLong(all).array();
        return full(algorithm, Arrays.copyOfRange(eight, Long.BYTES - algorithm.length(), Long.BYTES));
    }

    private static byte[] bytes(String value) {
        return Base64.getDecoder().decode(value);
    }

    private static long number(byte[] bytes) {
        long number = 0;
        for (byte each : bytes) {
            number = number << 8 | (each & 0xff);
        }
        return number;
    }
}
