package io.slipway.content.dbfs;

import io.slipway.kit.PlatformException;
import io.slipway.protocol.driver.MountTable;
import io.slipway.protocol.driver.MountTable.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Files among which others are mounted: those are seen as folders, but not reached, since they are read with the rights of clusters only.
 */
final class MountPoints implements DbfsFiles {
    private final DbfsFiles files;
    private final MountTable mounts;

    MountPoints(DbfsFiles files, MountTable mounts) {
        this.files = files;
        this.mounts = mounts;
    }

    private static DbfsFile folder(String point) {
        return new DbfsFile(point, true, 0, 0);
    }

    @Override
    public Optional<DbfsFile> find(DbfsPath path) {
        Optional<Mount> over = mounts.over(path.toString());
        if (over.filter(mount -> mount.point().equals(path.toString())).isPresent()) {
            return Optional.of(folder(path.toString()));
        }
        requireOutside(path);
        return files.find(path);
    }

    @Override
    public List<DbfsFile> list(DbfsPath path) {
        requireOutside(path);
        List<DbfsFile> listed = files.list(path);
        List<String> here = in(path);
        if (here.isEmpty()) {
            return listed;
        }
        Map<String, DbfsFile> all = new TreeMap<>();
        listed.forEach(file -> all.put(file.path(), file));
        here.forEach(point -> all.put(point, folder(point)));
        return List.copyOf(all.values());
    }

    /** Mount points directly in a folder. */
    private List<String> in(DbfsPath folder) {
        String above = folder.root() ? "/" : folder + "/";
        return mounts.list().stream()
                .map(Mount::point)
                .filter(point -> point.lastIndexOf('/') == above.length() - 1 && point.startsWith(above))
                .toList();
    }

    @Override
    public byte[] read(DbfsPath path, long offset, int length) {
        requireOutside(path);
        return files.read(path, offset, length);
    }

    @Override
    public void mkdirs(DbfsPath path) {
        requireOutside(path);
        files.mkdirs(path);
    }

    @Override
    public void place(Path finished, DbfsPath path, boolean overwrite, String mark) {
        requireOutside(path);
        files.place(finished, path, overwrite, mark);
    }

    @Override
    public void move(DbfsPath from, DbfsPath to) {
        requireNone(from);
        requireOutside(from);
        requireOutside(to);
        files.move(from, to);
    }

    @Override
    public void delete(DbfsPath path, boolean recursive) {
        requireOutside(path);
        requireNone(path);
        files.delete(path, recursive);
    }

    /** Refuses to change a folder with all that is in it, if something is mounted there. */
    private void requireNone(DbfsPath path) {
        for (Mount mount : mounts.list()) {
            if (mount.point().equals(path.toString()) || mount.point().startsWith(path + "/")) {
                throw inMount(path, mount);
            }
        }
    }

    private void requireOutside(DbfsPath path) {
        mounts.over(path.toString()).ifPresent(mount -> {
            throw inMount(path, mount);
        });
    }

    private static PlatformException inMount(DbfsPath path, Mount mount) {
        return PlatformException.invalid(
                mount.source() + " is mounted at " + mount.point() + ": the DBFS API does not reach " + path
                        + ". Use dbutils.fs or Spark on a cluster, or the API of S3.");
    }
}
