package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.apache.spark.util.TaskFailureListener;
import org.jspecify.annotations.Nullable;

/**
 * Where one scan writes what it could not read: {@code <path>/<time>/bad_records} and {@code bad_files}. A task that runs again
 * writes the same file again; one that failed leaves none.
 */
final class BadRecords implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private final String folder;
    private final String scan = UUID.randomUUID().toString();
    private final SerializableConfiguration conf;
    private transient @Nullable Map<String, OutputStream> open;

    private BadRecords(String folder, SerializableConfiguration conf) {
        this.folder = folder;
        this.conf = conf;
    }

    static BadRecords below(String path, SerializableConfiguration conf) {
        return new BadRecords(path + "/" + LocalDateTime.now(ZoneOffset.UTC).format(TIME), conf);
    }

    void record(String path, String record, Throwable reason) {
        ObjectNode line = Json.object().put("path", path).put("record", record).put("reason", reason.toString());
        write("bad_records", line);
    }

    void file(String path, Throwable reason) {
        write("bad_files", Json.object().put("path", path).put("reason", reason.toString()));
    }

    private void write(String kind, ObjectNode line) {
        try {
            OutputStream out = streams().get(kind);
            if (out == null) {
                out = begin(kind);
                streams().put(kind, out);
            }
            out.write(Json.bytes(line));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, OutputStream> streams() {
        Map<String, OutputStream> streams = open;
        if (streams == null) {
            streams = new LinkedHashMap<>();
            open = streams;
        }
        return streams;
    }

    private OutputStream begin(String kind) throws IOException {
        TaskContext task = TaskContext.get();
        String name = "part-%05d-%s".formatted(task == null ? 0 : task.partitionId(), scan);
        var file = new Path(folder + "/" + kind, name);
        var written = new Path(file.getParent(), "." + name + "-" + (task == null ? 0 : task.taskAttemptId()));
        var system = file.getFileSystem(conf.value());
        OutputStream out = system.create(written, true);
        if (task != null) {
            boolean[] failed = new boolean[1];
            task.addTaskFailureListener((TaskFailureListener) (context, error) -> failed[0] = true);
            task.addTaskCompletionListener((TaskCompletionListener) context -> {
                streams().remove(kind);
                try {
                    out.close();
                    if (failed[0]) {
                        system.delete(written, false);
                    } else {
                        system.delete(file, false);
                        system.rename(written, file);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return out;
    }
}
