package io.slipway.driver.sources;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/** The files below a path, which may have wildcards; the oldest first. What begins with a dot or an underscore is no data. */
record FileListing(String path, Optional<String> pattern, Configuration conf) {
    private static final String WILDCARDS = "{}[]*?\\";

    /** A path with wildcards need not match anything yet. */
    boolean exists() throws IOException {
        var root = new Path(path);
        return path.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0)
                || root.getFileSystem(conf).exists(root);
    }

    List<FileEntry> files() throws IOException {
        var root = new Path(path);
        FileSystem system = root.getFileSystem(conf);
        FileStatus[] found = system.globStatus(root);
        var files = new ArrayList<FileEntry>();
        Optional<GlobFilter> filter =
                pattern.isPresent() ? Optional.of(new GlobFilter(pattern.get())) : Optional.empty();
        for (FileStatus each : found == null ? new FileStatus[0] : found) {
            add(system, each, filter, files);
        }
        files.sort(Comparator.comparingLong(FileEntry::modified).thenComparing(FileEntry::path));
        return files;
    }

    private static void add(FileSystem system, FileStatus status, Optional<GlobFilter> filter, List<FileEntry> files)
            throws IOException {
        if (!status.isDirectory()) {
            if (filter.isEmpty() || filter.get().accept(status.getPath())) {
                files.add(new FileEntry(
                        status.getPath().toString(), status.getModificationTime(), status.getLen(), -1, false));
            }
            return;
        }
        for (FileStatus child : system.listStatus(status.getPath())) {
            String name = child.getPath().getName();
            boolean hidden = name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
            if (!hidden) {
                add(system, child, filter, files);
            }
        }
    }

    /** Where folders may be values of columns: the path up to its first wildcard. */
    String base() throws IOException {
        var base = new Path(path);
        Path last = base;
        for (Path each = base; each != null; each = each.getParent()) {
            if (each.getName().chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
                last = each.getParent();
            }
        }
        if (last == null) {
            return path;
        }
        FileSystem system = last.getFileSystem(conf);
        boolean file = system.exists(last) && !system.getFileStatus(last).isDirectory();
        return (file && last.getParent() != null ? last.getParent() : last).toString();
    }
}
