package io.slipway.content.dbfs;

import io.slipway.identity.Caller;
import io.slipway.identity.Permissions;
import io.slipway.identity.Right;
import io.slipway.kit.Clock;
import io.slipway.kit.ErrorCode;
import io.slipway.kit.Ids;
import io.slipway.kit.PlatformException;
import io.slipway.kit.WorkspaceId;
import io.slipway.object.folder.BucketFolder;
import io.slipway.store.Base;
import io.slipway.store.Database;
import io.slipway.store.Facts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The door to DBFS, files that all users of a workspace share: everybody reads and writes all of it, as in the real service's
 * root; only an upload in pieces belongs to the one who began it. Spark reads and writes the same files.
 */
public final class Dbfs {
    /** DBFS API 2.0: one block, one put with contents and one read carry at most 1 MiB. */
    public static final int LARGEST_BLOCK = 1 << 20;

    /** DBFS API 2.0, read: when no length is asked for. */
    public static final int USUAL_READ = 1 << 19;

    /** DBFS API 2.0, create: a handle that is not used expires. */
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final int LOCKS = 64;

    private final Database database;
    private final Facts facts;
    private final Clock clock;
    private final Ids ids;
    private final Permissions permissions;
    private final Roots roots;
    private final UploadStore store = new UploadStore();
    /** Pieces of one upload are taken one after the other, and none while it is closed: its handle chooses the lock. */
    private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
    /** Handles of uploads that go to their path at this moment, which may take longer than they may be idle. */
    private final Set<Long> closing = ConcurrentHashMap.newKeySet();

    /** @param directories the local folder that Spark sees as {@code dbfs:/} in a workspace; made if missing */
    public Dbfs(Base base, Permissions permissions, Function<WorkspaceId, Path> directories) {
        this(base, permissions, directories, workspace -> Optional.empty());
    }

    /**
     * @param directories the local folder that Spark sees as {@code dbfs:/} in a workspace
     * @param buckets what Spark sees in its place; uploads still grow beside the local folder, which is not needed itself
     */
    public Dbfs(
            Base base,
            Permissions permissions,
            Function<WorkspaceId, Path> directories,
            Function<WorkspaceId, Optional<BucketFolder>> buckets) {
        this.database = base.database();
        this.facts = base.facts();
        this.clock = base.clock();
        this.ids = base.ids();
        this.permissions = permissions;
        this.roots = new Roots(workspace -> buckets.apply(workspace)
                .map(bucket -> Root.onBucket(bucket, directories.apply(workspace)))
                .orElseGet(() -> Root.local(directories.apply(workspace))));
    }

    /** Makes what a workspace's DBFS needs, if it is not there: clusters find their folder. */
    public void open(WorkspaceId workspace) {
        Root unused = roots.of(workspace);
    }

    private DbfsFiles files(Caller caller) {
        return roots.of(caller.workspace()).files();
    }

    public DbfsFile status(Caller caller, String path) {
        return files(caller).get(DbfsPath.of(path));
    }

    public List<DbfsFile> list(Caller caller, String path) {
        return files(caller).list(DbfsPath.of(path));
    }

    public void mkdirs(Caller caller, String path) {
        DbfsPath at = DbfsPath.of(path);
        files(caller).mkdirs(at);
        told(caller, new DbfsFact.Mkdirs(caller, at));
    }

    public void move(Caller caller, String from, String to) {
        DbfsPath source = DbfsPath.of(from);
        DbfsPath target = DbfsPath.of(to);
        files(caller).move(source, target);
        told(caller, new DbfsFact.Moved(caller, source, target));
    }

    public void delete(Caller caller, String path, boolean recursive) {
        DbfsPath at = DbfsPath.of(path);
        files(caller).delete(at, recursive);
        told(caller, new DbfsFact.Deleted(caller, at, recursive));
    }

    /** Files have no rows: an event follows the change that it tells of. */
    private void told(Caller caller, DbfsFact fact) {
        database.change(tx -> facts.tell(tx, caller.id(), fact));
    }

    /**
     * At most {@code length} bytes from {@code offset} on; fewer at the end of the file, none beyond.
     *
     * @param length at most {@link #LARGEST_BLOCK}
     */
    public byte[] read(Caller caller, String path, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw PlatformException.invalid("offset and length must not be negative.");
        }
        if (length > LARGEST_BLOCK) {
            throw new PlatformException(
                    ErrorCode.TOO_LARGE,
                    "The read length " + length + " exceeds the maximum of " + LARGEST_BLOCK + " bytes.",
                    Map.of("reason", "MAX_READ_SIZE_EXCEEDED"));
        }
        DbfsPath at = DbfsPath.of(path);
        if (files(caller).get(at).folder()) {
            throw PlatformException.invalid("Cannot read a directory: " + at);
        }
        return files(caller).read(at, offset, (int) length);
    }

    /** A whole small file at once. */
    public void put(Caller caller, String path, byte[] contents, boolean overwrite) {
        requireBlock(contents);
        try (Incoming incoming = receive(caller)) {
            incoming.write(contents);
            incoming.store(path, overwrite);
        }
    }

    /** A file of any size that is streamed in. */
    public Incoming receive(Caller caller) {
        try {
            String id = ids.uuid();
            return new Incoming(this, caller, roots.of(caller.workspace()).uploads().stream(id), id);
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not begin an upload", e);
        }
    }

    void place(Caller caller, Path part, DbfsPath path, boolean overwrite, String mark) {
        files(caller).place(part, path, overwrite, mark);
        told(caller, new DbfsFact.Put(caller, path, Optional.empty()));
    }

    /** Begins an upload in pieces; the answer is its handle. */
    public long create(Caller caller, String path, boolean overwrite) {
        DbfsPath at = DbfsPath.of(path);
        files(caller).requireFree(at, overwrite);
        long now = clock.millis();
        Upload upload = new Upload(ids.number(), caller.workspace(), at, caller.id(), overwrite, 0, now);
        database.change(tx -> {
            for (Upload forgotten : store.touchedBefore(tx.sql(), now - IDLE.toMillis())) {
                if (!closing.contains(forgotten.handle())) {
                    store.delete(tx.sql(), forgotten.handle());
                    tx.afterCommit(() -> discard(forgotten));
                }
            }
            store.insert(tx.sql(), upload);
        });
        return upload.handle();
    }

    private Object lock(long handle) {
        return locks[Math.floorMod(handle, LOCKS)];
    }

    /** Appends one piece. It is written before its row says so: a crash in between leaves bytes that the next piece covers. */
    public void addBlock(Caller caller, long handle, byte[] data) {
        requireBlock(data);
        synchronized (lock(handle)) {
            append(caller, handle, data);
        }
    }

    private void append(Caller caller, long handle, byte[] data) {
        database.change(tx -> {
            Upload upload = open(caller, store.find(tx.sql(), handle).orElseThrow(() -> unknown(handle)));
            try (FileChannel channel =
                    FileChannel.open(part(upload), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(data);
                while (buffer.hasRemaining()) {
                    channel.write(buffer, upload.size() + buffer.position());
                }
            } catch (IOException e) {
                throw DbfsRefusal.failed("Could not store a block of " + upload.path(), e);
            }
            store.grow(tx.sql(), handle, upload.size() + data.length, clock.millis());
        });
    }

    /** Brings the finished upload to its path. Cut off, it can be repeated. */
    public void close(Caller caller, long handle) {
        synchronized (lock(handle)) {
            closing.add(handle);
            try {
                finish(caller, handle);
            } finally {
                closing.remove(handle);
            }
        }
    }

    private void finish(Caller caller, long handle) {
        Upload upload = database.read(sql -> store.find(sql, handle))
                .map(found -> open(caller, found))
                .orElseThrow(() -> unknown(handle));
        // Outside of a transaction, because a large file takes seconds, or minutes to a bucket.
        sync(upload);
        place(caller, upload);
        database.change(tx -> {
            store.delete(tx.sql(), handle);
            facts.tell(tx, caller.id(), new DbfsFact.Put(caller, upload.path(), Optional.of(upload.size())));
        });
        discard(upload);
    }

    private void place(Caller caller, Upload upload) {
        if (cut(part(upload), upload.size())) {
            files(caller).place(part(upload), upload.path(), upload.overwrite(), "handle-" + upload.handle());
        } else if (files(caller)
                .find(upload.path())
                .filter(file -> file.size() == upload.size())
                .isEmpty()) {
            // No part and no target either: bytes were lost with the disk, not by a close that was cut off.
            throw new PlatformException(
                    ErrorCode.INTERNAL, "The blocks of " + upload.path() + " are lost.", Map.of("reason", "IO_ERROR"));
        }
    }

    /** An acknowledged upload survives the loss of power. */
    private void sync(Upload upload) {
        if (Files.exists(part(upload))) {
            try (FileChannel channel = FileChannel.open(part(upload), StandardOpenOption.WRITE)) {
                channel.force(true);
            } catch (IOException e) {
                throw DbfsRefusal.failed("Could not store " + upload.path(), e);
            }
        }
    }

    /** Brings the part to its acknowledged size; false if it is not there or shorter. */
    private static boolean cut(Path part, long size) {
        try {
            if (size == 0) {
                Files.deleteIfExists(part);
                Files.createFile(part);
                return true;
            }
            if (!Files.exists(part) || Files.size(part) < size) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.truncate(size);
            }
            return true;
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not finish an upload", e);
        }
    }

    private Upload open(Caller caller, Upload upload) {
        permissions.require(caller, Right.MANAGE, upload.owned());
        if (clock.millis() - upload.touchedAt() > IDLE.toMillis()) {
            throw unknown(upload.handle());
        }
        return upload;
    }

    private Path part(Upload upload) {
        return roots.of(upload.workspace()).uploads().pieces(upload.handle());
    }

    private void discard(Upload upload) {
        try {
            Files.deleteIfExists(part(upload));
        } catch (IOException e) {
            throw DbfsRefusal.failed("Could not clean up after an upload", e);
        }
    }

    private static void requireBlock(byte[] data) {
        if (data.length > LARGEST_BLOCK) {
            throw new PlatformException(
                    ErrorCode.TOO_LARGE,
                    "The content is " + data.length + " bytes, which exceeds the maximum of " + LARGEST_BLOCK
                            + " bytes.",
                    Map.of("reason", "MAX_BLOCK_SIZE_EXCEEDED"));
        }
    }

    private static PlatformException unknown(long handle) {
        return new PlatformException(
                ErrorCode.NOT_FOUND,
                "The handle " + handle + " does not exist; it was closed or was idle for too long.");
    }
}
