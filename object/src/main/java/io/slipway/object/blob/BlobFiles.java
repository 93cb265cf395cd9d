package io.slipway.object.blob;

import io.slipway.kit.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Files of blobs: written under a name of their own, then put where they belong as a whole. */
final class BlobFiles {
    private static final int FOLDERS = 256;

    private final Path folder;
    private final Path incoming;

    BlobFiles(Path folder) {
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        try {
            PrivateFile.folder(folder);
            Files.createDirectories(incoming);
            for (int i = 0; i < FOLDERS; i++) {
                Files.createDirectories(folder.resolve(name(i)));
            }
            force(folder);
            for (Path file : files(incoming)) {
                // Nobody writes to what an earlier process has begun.
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder of objects " + folder, e);
        }
    }

    private static String name(int number) {
        return HexFormat.of().toHexDigits((byte) number);
    }

    private Path folder(long id) {
        return folder.resolve(name((int) (id & (FOLDERS - 1))));
    }

    private Path file(long id) {
        return folder(id).resolve(HexFormat.of().toHexDigits(id));
    }

    /** Empty, to be written; {@link #publish} it or {@link #discard} it. */
    FileChannel begin(long id) throws IOException {
        return FileChannel.open(temporary(id), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private Path temporary(long id) {
        return incoming.resolve(HexFormat.of().toHexDigits(id));
    }

    /** The file and its name are on the disk when this returns. */
    void publish(long id, FileChannel written) throws IOException {
        written.force(false);
        written.close();
        Files.move(temporary(id), file(id), StandardCopyOption.ATOMIC_MOVE);
        force(folder(id));
    }

    void discard(long id) throws IOException {
        Files.deleteIfExists(temporary(id));
        Files.deleteIfExists(file(id));
    }

    FileChannel open(long id) throws IOException {
        return FileChannel.open(file(id), StandardOpenOption.READ);
    }

    void delete(long id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /** Numbers of all files in one of the folders. */
    List<Long> ids(int number) throws IOException {
        List<Long> ids = new ArrayList<>();
        for (Path file : files(folder.resolve(name(number)))) {
            ids.add(HexFormat.fromHexDigitsToLong(String.valueOf(file.getFileName())));
        }
        return ids;
    }

    static int folders() {
        return FOLDERS;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
