package io.slipway.wire.aws.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** Checksums of bodies that clients send beside them, in base64, big end first (S3, checking object integrity). */
public enum ChecksumKind {
    CRC32("crc32", 4),
    CRC32C("crc32c", 4),
    CRC64NVME("crc64nvme", 8),
    SHA1("sha1", 20),
    SHA256("sha256", 32);

    private static final String PREFIX = "x-amz-checksum-";

    private final String word;
    private final int bytes;

    ChecksumKind(String word, int bytes) {
        this.word = word;
        this.bytes = bytes;
    }

    /** {@code x-amz-checksum-crc32}. */
    public String header() {
        return PREFIX + word;
    }

    public static Optional<ChecksumKind> ofHeader(String name) {
        return Arrays.stream(values())
                .filter(each -> each.header().equals(name))
                .findFirst();
    }

    /** Whether a value could be one at all. */
    public boolean wellFormed(String value) {
        try {
            return Base64.getDecoder().decode(value).length == bytes;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public Running begin() {
        return switch (this) {
            case CRC32 -> new Cyclic(new CRC32(), bytes);
            case CRC32C -> new Cyclic(new CRC32C(), bytes);
            case CRC64NVME -> new Cyclic(new Crc64Nvme(), bytes);
            case SHA1 -> new Digest("SHA-1");
            case SHA256 -> new Digest("SHA-256");
        };
    }

    /** A checksum of what has come so far. */
    public interface Running {
        void update(byte[] bytes, int from, int length);

        /** In base64. Nothing comes afterwards. */
        String value();
    }

    private record Cyclic(Checksum sum, int length) implements Running {
        @Override
        public void update(byte[] bytes, int from, int count) {
            sum.update(bytes, from, count);
        }

        @Override
        public String value() {
            byte[] value = new byte[length];
            for (int i = 0; i < length; i++) {
                value[i] = (byte) (sum.getValue() >>> (8 * (length - 1 - i)));
            }
            return Base64.getEncoder().encodeToString(value);
        }
    }

    private static final class Digest implements Running {
        private final MessageDigest digest;

        Digest(String algorithm) {
            try {
                digest = MessageDigest.getInstance(algorithm);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + algorithm, e);
            }
        }

        @Override
        public void update(byte[] bytes, int from, int length) {
            digest.update(bytes, from, length);
        }

        @Override
        public String value() {
            return Base64.getEncoder().encodeToString(digest.digest());
        }
    }
}
