package io.slipway.content.dbfs;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files and folders of one workspace, wherever they are; every method names its failures as the DBFS API 2.0 does. */
interface DbfsFiles {
    Optional<DbfsFile> find(DbfsPath path);

    default DbfsFile get(DbfsPath path) {
        return find(path).orElseThrow(() -> DbfsRefusal.missing(path));
    }

    /** One level of a folder, ordered by path; of a file the file itself. */
    List<DbfsFile> list(DbfsPath path);

    /** At most {@code length} bytes of a file from {@code offset} on; fewer at its end, none beyond. */
    byte[] read(DbfsPath path, long offset, int length);

    void mkdirs(DbfsPath path);

    /** Refuses a target that {@link #place} would refuse, before any byte is sent. */
    default void requireFree(DbfsPath path, boolean overwrite) {
        Optional<DbfsFile> present = path.root() ? Optional.of(get(path)) : find(path);
        if (present.isPresent() && (!overwrite || present.get().folder())) {
            throw DbfsRefusal.exists(path);
        }
    }

    /**
     * Brings a finished file to its place in one step, its folders made as needed. Of two that want a free place one gets it. The
     * finished file may still be there afterwards.
     *
     * @param mark always the same for the same upload: one that was placed already, and is placed again, is no other
     */
    void place(Path finished, DbfsPath path, boolean overwrite, String mark);

    /** To a place that is free, in a folder that is there. */
    void move(DbfsPath from, DbfsPath to);

    /** What is not there is deleted already. */
    void delete(DbfsPath path, boolean recursive);

    /** Refuses what can be moved nowhere; what is at {@code to}, and above it, is looked at afterwards. */
    static void requireMovable(DbfsPath from, DbfsPath to) {
        if (to.within(from) && !to.equals(from)) {
            throw DbfsRefusal.intoItself(from);
        }
        if (from.root()) {
            throw DbfsRefusal.ofRoot("move");
        }
    }

    /** Refuses a target that is taken, or whose folder is not there. */
    default void requireTarget(DbfsPath to) {
        if (find(to).isPresent()) {
            throw DbfsRefusal.exists(to);
        }
        if (find(to.parent()).filter(DbfsFile::folder).isEmpty()) {
            throw DbfsRefusal.missing(to.parent());
        }
    }
}
