package io.slipway.driver.sources;

import com.fasterxml.jackson.databind.JsonNode;
import io.slipway.driver.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** The schemas that a stream has had: {@code <schemaLocation>/_schemas/0}, {@code 1} … */
record SchemaLog(Path folder, Configuration conf) {
    static SchemaLog at(String location, Configuration conf) {
        return new SchemaLog(new Path(location, "_schemas"), conf);
    }

    private long last() throws IOException {
        FileSystem system = folder.getFileSystem(conf);
        long last = -1;
        if (system.exists(folder)) {
            for (FileStatus each : system.listStatus(folder)) {
                String name = each.getPath().getName();
                last = name.matches("\\d+") ? Math.max(last, Long.parseLong(name)) : last;
            }
        }
        return last;
    }

    Optional<Columns> latest() throws IOException {
        long last = last();
        if (last < 0) {
            return Optional.empty();
        }
        var file = new Path(folder, String.valueOf(last));
        try (var in = folder.getFileSystem(conf).open(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int line = text.indexOf('\n');
            if (!text.startsWith("v1\n")) {
                throw new SourceRefusal("CF_SCHEMA_LOG", file + " is not a schema of version v1");
            }
            JsonNode json = Json.parse(text.substring(line + 1));
            return Optional.of(new Columns(
                    schema(json.path("dataSchemaJson").asText()),
                    schema(json.path("partitionSchemaJson").asText())));
        }
    }

    private static StructType schema(String json) {
        return (StructType) DataType.fromJson(json);
    }

    void add(Columns columns) throws IOException {
        FileSystem system = folder.getFileSystem(conf);
        long number = last() + 1;
        system.mkdirs(folder);
        var begun = new Path(folder, "." + number + ".new");
        String json = Json.object()
                .put("dataSchemaJson", columns.data().json())
                .put("partitionSchemaJson", columns.partitions().json())
                .toString();
        try (OutputStream out = system.create(begun, true)) {
            out.write(("v1\n" + json).getBytes(StandardCharsets.UTF_8));
        }
        if (!system.rename(begun, new Path(folder, String.valueOf(number)))) {
            throw new IOException("cannot write the schema " + number + " in " + folder);
        }
    }
}
