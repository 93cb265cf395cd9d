package io.slipway.object.blob;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Sums up bytes as they pass. */
public interface Digest {
    void update(byte[] bytes, int from, int length);

    /** At the end. */
    byte[] value();

    static Digest md5() {
        return of("MD5");
    }

    /** One that the JDK has always. */
    static Digest of(String name) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        return new Digest() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                digest.update(bytes, from, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    /** 32 bits that the JDK sums up. */
    static Digest of(java.util.zip.Checksum checksum) {
        return new Digest() {
            @Override
            public void update(byte[] bytes, int from, int length) {
                checksum.update(bytes, from, length);
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) checksum.getValue())
                        .array();
            }
        };
    }

    /** 64 bits, by us. */
    static Digest crc64() {
        return new Digest() {
            private long crc = -1;

            @Override
            public void update(byte[] bytes, int from, int length) {
                crc = Crc.CRC64NVME.update(crc, bytes, from, length);
            }

            @Override
            public byte[] value() {
                return ByteBuffer.allocate(Long.BYTES).putLong(~crc).array();
            }
        };
    }
}
