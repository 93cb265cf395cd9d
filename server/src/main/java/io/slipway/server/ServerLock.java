package io.slipway.server;

import io.slipway.kit.PlatformException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Held by the one server of a home for its whole life; the system gives it back however the process ends. */
final class ServerLock implements AutoCloseable {
    private final FileChannel channel;

    private ServerLock(FileChannel channel) {
        this.channel = channel;
    }

    static ServerLock take(Path home) throws IOException {
        Files.createDirectories(home);
        FileChannel channel =
                FileChannel.open(home.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw PlatformException.invalidState("Another server works with " + home + ".");
        }
        return new ServerLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
