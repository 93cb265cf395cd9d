package io.slipway.server.command;

import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One command at a time starts or stops the server of a home; the others wait for their turn. The system ends the turn of a killed one. */
final class Turn {
    private Turn() {}

    /** What a command does in its turn. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    static <T, E extends Exception> T of(Path home, PrintStream out, Work<T, E> work) throws E {
        try (FileChannel channel = open(home);
                FileLock lock = lock(channel, out)) {
            if (!lock.isValid()) {
                throw new IllegalStateException("the lock of " + home + " is gone");
            }
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder " + home, e);
        }
    }

    private static FileChannel open(Path home) throws IOException {
        PrivateFile.folder(home);
        return FileChannel.open(home.resolve("command.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel channel, PrintStream out) throws IOException {
        FileLock free = channel.tryLock();
        if (free != null) {
            return free;
        }
        out.println("Another command starts or stops the platform; waiting for it ...");
        return channel.lock();
    }
}
