package io.slipway.agent;

import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonParser;
import com.grack.nanojson.JsonParserException;
import com.grack.nanojson.JsonWriter;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a process when nobody is there to remember it: a folder with {@code spec.json}, written before the start,
 * {@code started} (process id and start time) and {@code exit} (exit status), both written by the launching shell.
 */
final class ProcessRecord {
    private final Path folder;

    ProcessRecord(Path folder) {
        this.folder = folder;
    }

    /** Process id, session and start time of the main process. */
    record Started(long pid, long parent, long session, String birth, long atMillis) {
        /** Whether that very process lives, and not another with the same id. */
        boolean alive() {
            return ProcessTable.find(pid)
                    .filter(entry -> entry.birth().equals(birth))
                    .isPresent();
        }
    }

    record Exit(int status, long atMillis) {}

    Path folder() {
        return folder;
    }

    /** Begins a new record in place of whatever was there. */
    void begin(WantedProcess process, String machineBoot) throws IOException {
        Files.createDirectories(folder);
        for (String old : List.of("spec.json", "started", "started.part", "exit", "exit.part")) {
            Files.deleteIfExists(folder.resolve(old));
        }
        JsonObject spec = process.remembered();
        spec.put("machineBoot", machineBoot);
        SafeFile.write(folder.resolve("spec.json"), JsonWriter.string(spec), 0600);
    }

    /** The process that was started here; empty if its record is unreadable. */
    Optional<WantedProcess> remembered() {
        return spec().flatMap(spec -> {
            try {
                return Optional.of(WantedProcess.parse(spec));
            } catch (Refused e) {
                return Optional.empty();
            }
        });
    }

    /** Whether the record was written since this machine was started; process ids of an earlier boot mean nothing. */
    boolean isOf(String machineBoot) {
        return spec().map(spec -> machineBoot.equals(spec.getString("machineBoot", "")))
                .orElse(false);
    }

    private Optional<JsonObject> spec() {
        try {
            return Optional.of(JsonParser.object().from(Files.readString(folder.resolve("spec.json"))));
        } catch (IOException | JsonParserException e) {
            return Optional.empty();
        }
    }

    Optional<Started> started() {
        Path file = folder.resolve("started");
        try {
            List<String> lines = Files.readAllLines(file);
            long pid = Long.parseLong(lines.get(0).strip());
            long at = Files.getLastModifiedTime(file).toMillis();
            return Optional.of(ProcessTable.parse(lines.get(1))
                    .map(entry -> new Started(pid, entry.parent(), entry.session(), entry.birth(), at))
                    .orElseGet(() -> withoutProc(pid, at)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // not there yet
        }
    }

    /** Systems without /proc: the start time is asked for when the record is first read, a moment after the start. */
    private static Started withoutProc(long pid, long at) {
        Optional<ProcessTable.Entry> entry = ProcessTable.find(pid);
        return new Started(
                pid,
                entry.map(ProcessTable.Entry::parent).orElse(0L),
                0,
                entry.map(ProcessTable.Entry::birth).orElse("gone"),
                at);
    }

    Optional<Exit> exit() {
        Path file = folder.resolve("exit");
        try {
            int status = Integer.parseInt(Files.readString(file).strip());
            return Optional.of(new Exit(status, Files.getLastModifiedTime(file).toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void delete() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(folder);
    }
}
