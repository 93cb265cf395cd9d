package io.slipway.wire.aws.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes of which nobody knew how many they are: short ones in memory, others in a file that goes again. */
final class Spool implements AutoCloseable {
    private static final int SHORT = 1 << 20;
    private static final int PIECE = 64 << 10;

    private final byte[] start;
    private final Optional<Path> file;
    private final long length;

    private Spool(byte[] start, Optional<Path> file, long length) {
        this.start = start;
        this.file = file;
        this.length = length;
    }

    /** @param most what comes behind so many bytes is counted, and kept no more */
    static Spool of(InputStream in, long most) throws IOException {
        byte[] start = in.readNBytes(SHORT);
        if (start.length < SHORT) {
            return new Spool(start, Optional.empty(), start.length);
        }
        Path file = Files.createTempFile("upload", ".form");
        long length = start.length;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start);
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                length += count;
                if (length <= most) {
                    out.write(piece, 0, count);
                }
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Spool(new byte[0], Optional.of(file), length);
    }

    long length() {
        return length;
    }

    InputStream open() throws IOException {
        return file.isPresent()
                ? new BufferedInputStream(Files.newInputStream(file.get()))
                : new ByteArrayInputStream(start);
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
