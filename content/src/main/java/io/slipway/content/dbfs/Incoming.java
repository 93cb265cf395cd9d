package io.slipway.content.dbfs;

import io.slipway.identity.Caller;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is being streamed in, on disk from its first byte. Multipart forms may tell the target after the bytes, so the path
 * comes last. Closing one that was not stored throws its bytes away.
 */
public final class Incoming implements AutoCloseable {
    private final Dbfs dbfs;
    private final Caller caller;
    private final Path part;
    private final String id;
    private final FileChannel channel;

    /** @param id by which nothing else that is put is known */
    Incoming(Dbfs dbfs, Caller caller, Path part, String id) throws IOException {
        this.dbfs = dbfs;
        this.caller = caller;
        this.part = part;
        this.id = id;
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    public void write(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not store the upload", e);
        }
    }

    /** The file is complete and belongs at {@code path}. */
    public void store(String path, boolean overwrite) {
        try {
            // An acknowledged upload survives the loss of power.
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not store the upload", e);
        }
        dbfs.place(caller, part, DbfsPath.of(path), overwrite, id);
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not clean up after an upload", e);
        }
    }
}
