package io.slipway.wire.aws.signature;

import java.util.zip.Checksum;

/** CRC-64/NVME: polynomial 0xAD93D23594C93659, bits of each byte from the low end. Takes eight bytes a step. */
final class Crc64Nvme implements Checksum {
    private static final long REFLECTED = 0x9A6C9329AC4BC9B5L;
    private static final int STEP = 8;
    private static final long[][] TABLES = tables();

    private long state = -1;

    private static long[][] tables() {
        long[][] tables = new long[STEP][256];
        for (int i = 0; i < 256; i++) {
            long value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : (value >>> 1) ^ REFLECTED;
            }
            tables[0][i] = value;
        }
        for (int i = 0; i < 256; i++) {
            for (int step = 1; step < STEP; step++) {
                long before = tables[step - 1][i];
                tables[step][i] = (before >>> 8) ^ tables[0][(int) (before & 0xff)];
            }
        }
        return tables;
    }

    @Override
    public void update(int one) {
        state = (state >>> 8) ^ TABLES[0][(int) ((state ^ one) & 0xff)];
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        for (; end - at >= STEP; at += STEP) {
            long mixed = state;
            for (int i = 0; i < STEP; i++) {
                mixed ^= (bytes[at + i] & 0xffL) << (8 * i);
            }
            long next = 0;
            for (int i = 0; i < STEP; i++) {
                next ^= TABLES[STEP - 1 - i][(int) (mixed >>> (8 * i)) & 0xff];
            }
            state = next;
        }
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }
}
