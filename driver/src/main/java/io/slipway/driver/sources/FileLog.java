package io.slipway.driver.sources;

import io.slipway.driver.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that a stream has found, kept in its checkpoint: one document a find, named by its number, written before the number is
 * told to Spark. So a file is in exactly one find, and Spark's own log says which finds are in the result. From time to time
 * all are written into one document, and single ones are deleted when the result has them.
 */
final class FileLog {
    private static final int EVERY = 50;
    private static final String WHOLE = ".all";

    private final Path folder;
    private final FileSystem system;
    private final Map<String, Long> seen = new HashMap<>();
    private final TreeSet<Long> single = new TreeSet<>();
    private long whole = -1;
    private long last = -1;
    private long done = -1;

    FileLog(String folder, Configuration conf) throws IOException {
        this.folder = new Path(folder);
        this.system = this.folder.getFileSystem(conf);
        system.mkdirs(this.folder);
        for (FileStatus each : system.listStatus(this.folder)) {
            String name = each.getPath().getName();
            if (name.matches("\\d+")) {
                single.add(Long.parseLong(name));
            } else if (name.matches("\\d+\\" + WHOLE)) {
                whole = Math.max(whole, Long.parseLong(name.substring(0, name.length() - WHOLE.length())));
            }
        }
        last = Math.max(whole, single.isEmpty() ? -1 : single.last());
        for (FileEntry entry : all()) {
            seen.put(entry.path(), entry.modified());
        }
    }

    long last() {
        return last;
    }

    /** @param overwritten files count again when they have changed */
    boolean isNew(FileEntry file, boolean overwritten) {
        Long known = seen.get(file.path());
        return known == null || (overwritten && file.modified() > known);
    }

    void add(List<FileEntry> files, boolean skipped) throws IOException {
        long number = last + 1;
        List<FileEntry> found =
                files.stream().map(file -> file.found(number, skipped)).toList();
        write(String.valueOf(number), found);
        single.add(number);
        last = number;
        found.forEach(file -> seen.put(file.path(), file.modified()));
    }

    /** The files of the finds after one and up to another. */
    List<FileEntry> between(long from, long to) throws IOException {
        var files = new ArrayList<FileEntry>();
        for (long number = from + 1; number <= to; number++) {
            if (!single.contains(number)) {
                throw new IllegalStateException("the checkpoint does not have find " + number + " any more: " + folder);
            }
            files.addAll(read(String.valueOf(number)));
        }
        files.removeIf(FileEntry::skipped);
        return files;
    }

    /** The result has all finds up to this one. Spark may read those since the last call once more, after a restart. */
    void done(long number) throws IOException {
        long earlier = done;
        done = number;
        if (number < whole + EVERY) {
            return;
        }
        List<FileEntry> all = all();
        all.removeIf(file -> file.batch() > number);
        long before = whole;
        write(number + WHOLE, all);
        whole = number;
        if (before >= 0) {
            system.delete(new Path(folder, before + WHOLE), false);
        }
        for (long each : List.copyOf(single.headSet(earlier, true))) {
            system.delete(new Path(folder, String.valueOf(each)), false);
            single.remove(each);
        }
    }

    private List<FileEntry> all() throws IOException {
        List<FileEntry> all = whole < 0 ? new ArrayList<>() : read(whole + WHOLE);
        for (long number : single.tailSet(whole, false)) {
            all.addAll(read(String.valueOf(number)));
        }
        return all;
    }

    private List<FileEntry> read(String name) throws IOException {
        var entries = new ArrayList<FileEntry>();
        try (var lines = new BufferedReader(
                new InputStreamReader(system.open(new Path(folder, name)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                entries.add(FileEntry.of(Json.parse(line)));
            }
        }
        return entries;
    }

    /** There whole, or not at all. */
    private void write(String name, List<FileEntry> entries) throws IOException {
        var begun = new Path(folder, "." + name + ".new");
        try (OutputStream out = system.create(begun, true)) {
            for (FileEntry entry : entries) {
                out.write(Json.bytes(entry.json()));
                out.write('\n');
            }
        }
        if (!system.rename(begun, new Path(folder, name))) {
            throw new IOException("cannot write " + name + " in " + folder);
        }
    }
}
