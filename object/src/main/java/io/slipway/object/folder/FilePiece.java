package io.slipway.object.folder;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import software.amazon.awssdk.core.sync.RequestBody;

/** A piece of a file as a stream, so that a part of it is sent without being in memory. */
final class FilePiece extends FilterInputStream {
    private long left;

    private FilePiece(InputStream from, long left) {
        super(from);
        this.left = left;
    }

    /** The client may read it again, if what it sent was not taken. */
    static RequestBody body(Path file, long from, long length) {
        return RequestBody.fromContentProvider(() -> open(file, from, length), length, "application/octet-stream");
    }

    private static InputStream open(Path file, long from, long length) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new FilePiece(Channels.newInputStream(channel.position(from)), length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left <= 0) {
            return -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
