package io.slipway.object.blob;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Checksums that S3 knows, by its names. */
public enum ChecksumAlgorithm {
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8),
    SHA1(20),
    SHA256(32);

    private final int length;

    ChecksumAlgorithm(int length) {
        this.length = length;
    }

    public static Optional<ChecksumAlgorithm> of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** Of a value, in bytes. */
    public int length() {
        return length;
    }

    public Digest digest() {
        return switch (this) {
            case CRC32 -> Digest.of(new CRC32());
            case CRC32C -> Digest.of(new CRC32C());
            case CRC64NVME -> Digest.crc64();
            case SHA1 -> Digest.of("SHA-1");
            case SHA256 -> Digest.of("SHA-256");
        };
    }

    /** Whether those of parts tell that of the whole. */
    public boolean cyclic() {
        return crc().isPresent();
    }

    Optional<Crc> crc() {
        return switch (this) {
            case CRC32 -> Optional.of(Crc.CRC32);
            case CRC32C -> Optional.of(Crc.CRC32C);
            case CRC64NVME -> Optional.of(Crc.CRC64NVME);
            case SHA1, SHA256 -> Optional.empty();
        };
    }
}
