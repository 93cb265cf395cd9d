package io.slipway.runtime;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads a {@code .tar.gz}: regular files in the ustar format, with the long names of pax headers and of GNU tar. Links and devices are
 * passed over; source archives of Python projects have none that matter.
 */
final class TarGz implements AutoCloseable {
    private static final int BLOCK = 512;

    private final InputStream in;
    private long unread;
    private int padding;

    TarGz(Path file) throws IOException {
        this.in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16), 1 << 16);
    }

    /** A regular file; {@code executable} is the owner's x bit. */
    record Entry(String name, long size, boolean executable) {}

    /** The next regular file, whose content {@link #content} then reads; empty at the end. */
    Optional<Entry> next() throws IOException {
        String longName = "";
        while (true) {
            in.skipNBytes(unread + padding);
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) {
                return Optional.empty();
            }
            long size = octal(header, 124, 12);
            unread = size;
            padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
            switch (header[156]) {
                case '0', 0 -> {
                    String name = longName.isEmpty() ? name(header) : longName;
                    return Optional.of(new Entry(name, size, (octal(header, 100, 8) & 0100) != 0));
                }
                case 'x' -> longName = paxPath(readAll()).orElse(longName);
                case 'L' -> longName = text(readAll(), 0, (int) size);
                default -> longName = "";
            }
        }
    }

    /** The content of the entry that {@link #next} gave last. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (unread == 0) {
                    return -1;
                }
                int n = in.read(buffer, offset, (int) Math.min(length, unread));
                if (n < 0) {
                    throw new EOFException("the archive ends in the middle of a file");
                }
                unread -= n;
                return n;
            }
        };
    }

    private byte[] readAll() throws IOException {
        byte[] bytes = in.readNBytes((int) unread);
        unread = 0;
        return bytes;
    }

    private static String name(byte[] header) {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** The {@code path} record of a pax header: lines of {@code <length> <key>=<value>\n}. */
    private static Optional<String> paxPath(byte[] records) {
        int at = 0;
        while (at < records.length) {
            int space = at;
            while (records[space] != ' ') {
                space++;
            }
            int length = Integer.parseInt(new String(records, at, space - at, StandardCharsets.US_ASCII));
            String record = new String(records, space + 1, at + length - space - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                return Optional.of(record.substring("path=".length()));
            }
            at += length;
        }
        return Optional.empty();
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] bytes, int offset, int length) {
        String digits = text(bytes, offset, length).strip();
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
