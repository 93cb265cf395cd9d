package io.slipway.object.blob;

/**
 * Cyclic checksums with reflected bits that begin and end with ones: their arithmetic, to put those of two runs of bytes together,
 * and CRC-64/NVME, which the JDK does not have.
 */
final class Crc {
    static final Crc CRC32 = new Crc(32, 0xEDB88320L);
    static final Crc CRC32C = new Crc(32, 0x82F63B78L);
    static final Crc CRC64NVME = new Crc(64, 0x9A6C9329AC4BC9B5L);

    private final long one;
    private final long polynomial;
    /** By how many bytes follow, and by the byte: so eight bytes are taken at once. */
    private final long[][] tables = new long[8][256];

    private Crc(int width, long polynomial) {
        this.one = 1L << (width - 1);
        this.polynomial = polynomial;
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = timesX(crc);
            }
            tables[0][value] = crc;
        }
        for (int value = 0; value < 256; value++) {
            long crc = tables[0][value];
            for (int table = 1; table < 8; table++) {
                crc = tables[0][(int) (crc & 0xff)] ^ (crc >>> 8);
                tables[table][value] = crc;
            }
        }
    }

    private long timesX(long crc) {
        return (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ polynomial;
    }

    /** Goes on from {@code crc}, which begins as ones and is inverted at the end. For 64 bits. */
    long update(long crc, byte[] bytes, int from, int length) {
        long now = crc;
        int at = from;
        int end = from + length;
        for (; end - at >= 8; at += 8) {
            now ^= (bytes[at] & 0xffL)
                    | (bytes[at + 1] & 0xffL) << 8
                    | (bytes[at + 2] & 0xffL) << 16
                    | (bytes[at + 3] & 0xffL) << 24
                    | (bytes[at + 4] & 0xffL) << 32
                    | (bytes[at + 5] & 0xffL) << 40
                    | (bytes[at + 6] & 0xffL) << 48
                    | (bytes[at + 7] & 0xffL) << 56;
            now = tables[7][(int) (now & 0xff)]
                    ^ tables[6][(int) (now >>> 8 & 0xff)]
                    ^ tables[5][(int) (now >>> 16 & 0xff)]
                    ^ tables[4][(int) (now >>> 24 & 0xff)]
                    ^ tables[3][(int) (now >>> 32 & 0xff)]
                    ^ tables[2][(int) (now >>> 40 & 0xff)]
                    ^ tables[1][(int) (now >>> 48 & 0xff)]
                    ^ tables[0][(int) (now >>> 56)];
        }
        for (; at < end; at++) {
            now = tables[0][(int) ((now ^ bytes[at]) & 0xff)] ^ (now >>> 8);
        }
        return now;
    }

    /** Of two runs of bytes, one behind the other. */
    long joined(long first, long second, long lengthOfSecond) {
        return times(power(lengthOfSecond), first) ^ second;
    }

    /** x to the power of 8 n. */
    private long power(long n) {
        long result = one;
        long base = one >>> 1;
        for (int i = 0; i < 3; i++) {
            base = times(base, base);
        }
        for (long rest = n; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = times(base, result);
            }
            base = times(base, base);
        }
        return result;
    }

    private long times(long left, long right) {
        long product = 0;
        long factor = right;
        for (long bit = one; bit != 0; bit >>>= 1) {
            if ((left & bit) != 0) {
                product ^= factor;
            }
            factor = timesX(factor);
        }
        return product;
    }
}
