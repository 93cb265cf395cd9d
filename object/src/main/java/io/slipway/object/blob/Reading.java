package io.slipway.object.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Bytes of one or several runs, one behind the other. A file is opened when its turn comes. */
final class Reading extends InputStream {
    /** Some bytes of a row or of a file. */
    sealed interface Run {
        long length();

        record Few(ByteBuffer bytes, int from, long length) implements Run {}

        record OfFile(long id, long from, long length) implements Run {}
    }

    private final BlobFiles files;
    private final List<Run> runs;
    private final LongConsumer release;
    private int next;
    private Optional<Run> current = Optional.empty();
    private Optional<FileChannel> channel = Optional.empty();
    private long position;
    private long left;
    private boolean closed;

    /** @param release is told each file that is not needed any more, once for each run */
    Reading(BlobFiles files, List<Run> runs, LongConsumer release) {
        this.files = files;
        this.runs = List.copyOf(runs);
        this.release = release;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (closed) {
            throw new IOException("closed");
        }
        while (left == 0) {
            leave();
            if (next == runs.size()) {
                return -1;
            }
            enter(runs.get(next++));
        }
        int wanted = (int) Math.min(left, length);
        int count = channel.isPresent()
                ? fromFile(channel.get(), ByteBuffer.wrap(target, offset, wanted))
                : fromRow(target, offset, wanted);
        position += count;
        left -= count;
        return count;
    }

    private int fromFile(FileChannel file, ByteBuffer target) throws IOException {
        int count = file.read(target, position);
        if (count < 0) {
            throw new IOException("a file of an object is too short");
        }
        return count;
    }

    private int fromRow(byte[] target, int offset, int wanted) {
        Run.Few few = (Run.Few) current.orElseThrow();
        few.bytes().get((int) position, target, offset, wanted);
        return wanted;
    }

    private void enter(Run run) throws IOException {
        current = Optional.of(run);
        if (run instanceof Run.OfFile file) {
            channel = Optional.of(files.open(file.id()));
            position = file.from();
        } else if (run instanceof Run.Few few) {
            position = few.from();
        }
        left = run.length();
    }

    private void leave() throws IOException {
        if (current.isEmpty()) {
            return;
        }
        Run over = current.get();
        current = Optional.empty();
        left = 0;
        try {
            if (channel.isPresent()) {
                channel.get().close();
            }
        } finally {
            channel = Optional.empty();
            released(over);
        }
    }

    private void released(Run run) {
        if (run instanceof Run.OfFile file) {
            release.accept(file.id());
        }
    }

    @Override
    public int available() {
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            leave();
        } finally {
            runs.subList(next, runs.size()).forEach(this::released);
        }
    }
}
