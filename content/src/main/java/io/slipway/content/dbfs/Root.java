package io.slipway.content.dbfs;

import io.slipway.content.disk.Enclosure;
import io.slipway.object.folder.BucketFolder;
import io.slipway.protocol.driver.MountTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The DBFS of a workspace: its files, and where uploads grow. */
record Root(DbfsFiles files, Uploads uploads) {
    /** Where uploads grew before: within what DBFS showed, if one knew the name. */
    private static final String FORMER = ".slipway";

    /** Files below a folder of this machine, which is made if it is missing. */
    static Root local(Path directory) {
        try {
            Enclosure enclosure = new Enclosure(directory);
            Path real = enclosure.directory();
            // On the same file system as every target, so that a finished upload moves in one step.
            Uploads uploads = uploads(real);
            if (Files.isDirectory(real.resolve(FORMER).resolve("uploads"))) {
                uploads.take(real.resolve(FORMER).resolve("uploads"));
                Files.delete(real.resolve(FORMER));
            }
            return new Root(new MountPoints(new LocalFiles(enclosure), MountTable.of(real)), uploads);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + directory + " as the root of DBFS", e);
        }
    }

    /**
     * Files on a bucket.
     *
     * @param directory where they would be if they were on this machine: what is mounted among them, and uploads, are beside it
     */
    static Root onBucket(BucketFolder bucket, Path directory) {
        try {
            BucketFiles files = new BucketFiles(bucket);
            files.open();
            return new Root(new MountPoints(files, MountTable.of(directory)), uploads(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the folder of " + directory + " for uploads to DBFS", e);
        }
    }

    private static Uploads uploads(Path directory) throws IOException {
        return new Uploads(directory.resolveSibling(directory.getFileName() + "-uploads"));
    }
}
