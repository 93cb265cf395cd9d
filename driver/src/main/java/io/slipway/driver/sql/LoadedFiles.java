package io.slipway.driver.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files that COPY INTO has loaded into a table, in numbered lists beside its log. A list is written before its rows; these
 * are written with its number as the version of a transaction, which Delta never commits twice; then the list is marked as done.
 * A list without the mark is of a load that was cut off, or goes on elsewhere: whoever comes next runs its own statement, which stands in
 * it, for exactly its files under its number first. A load that fails takes its list away.
 */
final class LoadedFiles {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileSystem system;
    private final Path folder;

    /** @param files by their full paths */
    record Load(long number, List<String> files, CopyStatement statement) {}

    LoadedFiles(FileSystem system, Path table, String tableId) {
        this.system = system;
        this.folder = new Path(new Path(table, "_copy_into_log"), tableId);
    }

    /** All that were ever begun to be loaded. */
    Set<String> known() throws IOException {
        var known = new HashSet<String>();
        for (FileStatus file : lists()) {
            known.addAll(read(file.getPath()).files());
        }
        return known;
    }

    /** The last load, unless it is known to have ended. */
    Optional<Load> unfinished() throws IOException {
        List<FileStatus> lists = lists();
        if (lists.isEmpty()) {
            return Optional.empty();
        }
        Path last = lists.get(lists.size() - 1).getPath();
        return system.exists(done(last)) ? Optional.empty() : Optional.of(read(last));
    }

    /** @throws IOException also where somebody else has begun a load at the same time */
    Load begin(Collection<String> files, CopyStatement statement) throws IOException {
        List<FileStatus> lists = lists();
        long number = lists.isEmpty()
                ? 1
                : read(lists.get(lists.size() - 1).getPath()).number() + 1;
        var load = new Load(number, List.copyOf(files), statement);
        system.mkdirs(folder);
        write(load, false);
        return load;
    }

    private void write(Load load, boolean again) throws IOException {
        try (var out = system.create(list(load), again)) {
            out.write(JSON.writeValueAsBytes(load));
        }
    }

    /** Its rows are in the table. */
    void end(Load load) throws IOException {
        if (!system.exists(list(load))) {
            // Somebody ran the same load at the same time, and failed.
            write(load, true);
        }
        system.create(done(list(load)), true).close();
    }

    /** Nothing of it came into the table. */
    void drop(Load load) throws IOException {
        system.delete(list(load), false);
    }

    private Path list(Load load) {
        return new Path(folder, String.format(Locale.ROOT, "%020d.json", load.number()));
    }

    private static Path done(Path list) {
        return list.suffix(".done");
    }

    private List<FileStatus> lists() throws IOException {
        var lists = new ArrayList<FileStatus>();
        if (system.exists(folder)) {
            for (FileStatus file : system.listStatus(folder)) {
                if (file.getPath().getName().endsWith(".json")) {
                    lists.add(file);
                }
            }
        }
        lists.sort((a, b) -> a.getPath().getName().compareTo(b.getPath().getName()));
        return lists;
    }

    private Load read(Path path) throws IOException {
        try (var in = system.open(path)) {
            return JSON.readValue(in.readAllBytes(), Load.class);
        }
    }
}
