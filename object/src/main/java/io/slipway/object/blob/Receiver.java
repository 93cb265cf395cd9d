package io.slipway.object.blob;

import io.slipway.kit.ErrorCode;
import io.slipway.kit.PlatformException;
import io.slipway.object.blob.Content.Layout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes bytes from a stream, in memory that does not grow with them, and sums them up on the way. */
final class Receiver {
    private static final Logger log = LoggerFactory.getLogger(Receiver.class);

    /** Up to here bytes are a row: they share a commit with others, where a file waits for the disk twice. */
    static final int FEW = 16 << 10;

    private static final int PIECE = 128 << 10;

    private final BlobFiles files;

    Receiver(BlobFiles files) {
        this.files = files;
    }

    Received receive(long id, InputStream body, Set<ChecksumAlgorithm> checksums) throws IOException {
        Sums sums = new Sums(checksums);
        byte[] few = new byte[FEW + 1];
        int count = body.readNBytes(few, 0, few.length);
        sums.update(few, count);
        if (count == 0) {
            return sums.received(Content.EMPTY, Optional.empty());
        }
        if (count <= FEW) {
            return sums.received(new Content(Layout.INLINE, id, count), Optional.of(Arrays.copyOf(few, count)));
        }
        return file(id, few, body, sums);
    }

    private Received file(long id, byte[] begin, InputStream body, Sums sums) throws IOException {
        boolean done = false;
        try (FileChannel file = begun(id)) {
            write(file, begin, begin.length);
            byte[] piece = new byte[PIECE];
            long size = begin.length;
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                sums.update(piece, count);
                write(file, piece, count);
                size += count;
            }
            publish(id, file);
            done = true;
            return sums.received(new Content(Layout.FILE, id, size), Optional.empty());
        } finally {
            if (!done) {
                discard(id);
            }
        }
    }

    private FileChannel begun(long id) {
        try {
            return files.begin(id);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static void write(FileChannel file, byte[] bytes, int count) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private void publish(long id, FileChannel file) {
        try {
            files.publish(id, file);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    private static PlatformException unavailable(IOException cause) {
        return new PlatformException(
                ErrorCode.UNAVAILABLE, "The bytes of objects cannot be written: " + cause.getMessage(), cause);
    }

    void discard(long id) {
        try {
            files.discard(id);
        } catch (IOException e) {
            log.warn("a file that nobody wants stays until files without a row are swept up", e);
        }
    }

    /** What is summed up. */
    private static final class Sums {
        private final Digest md5 = Digest.md5();
        private final Map<ChecksumAlgorithm, Digest> others = new EnumMap<>(ChecksumAlgorithm.class);

        Sums(Set<ChecksumAlgorithm> algorithms) {
            algorithms.forEach(each -> others.put(each, each.digest()));
        }

        void update(byte[] bytes, int count) {
            md5.update(bytes, 0, count);
            others.values().forEach(each -> each.update(bytes, 0, count));
        }

        Received received(Content content, Optional<byte[]> few) {
            Map<ChecksumAlgorithm, Checksum> checksums = new EnumMap<>(ChecksumAlgorithm.class);
            others.forEach((algorithm, digest) -> checksums.put(algorithm, Checksum.full(algorithm, digest.value())));
            return new Received(content, few, HexFormat.of().formatHex(md5.value()), checksums);
        }
    }
}
