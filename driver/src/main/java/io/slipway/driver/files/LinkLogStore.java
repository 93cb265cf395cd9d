package io.slipway.driver.files;

import io.delta.storage.HadoopFileSystemLogStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Delta commits on local disks, and by S3 in mounts, safe between clusters of one machine. Delta's own store asks whether the version exists and
 * then renames, so that two processes can both win; making a hard link fails for all but one.
 */
public final class LinkLogStore extends HadoopFileSystemLogStore {
    public LinkLogStore(Configuration conf) {
        super(conf);
    }

    @Override
    public void write(Path path, Iterator<String> actions, Boolean overwrite, Configuration conf) throws IOException {
        if (path.getFileSystem(conf) instanceof DbfsFileSystem dbfs) {
            DbfsFileSystem.Place place = dbfs.place(path);
            if (place.mount().isPresent()) {
                new S3LogStore(conf).write(place.path(), actions, overwrite, conf);
            } else {
                link(path, place.path(), actions, overwrite);
            }
        } else {
            link(path, path, actions, overwrite);
        }
    }

    private static void link(Path path, Path local, Iterator<String> actions, boolean overwrite) throws IOException {
        java.nio.file.Path target = java.nio.file.Path.of(local.toUri().getPath());
        if (!overwrite && Files.exists(target)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        var text = new CommitText(path);
        java.nio.file.Path temporary =
                target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (var channel = java.nio.channels.FileChannel.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    var writer =
                            new BufferedWriter(java.nio.channels.Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                text.write(actions, writer);
                writer.flush();
                channel.force(true);
            }
            if (overwrite) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.createLink(target, temporary);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
        text.committed();
    }

    @Override
    public Boolean isPartialWriteVisible(Path path, Configuration conf) {
        return false;
    }
}
