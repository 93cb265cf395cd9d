package io.slipway.driver.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.clock.SteadyClock;
import io.slipway.driver.files.LinkLogStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Makes the files of a clone its own: what the last commit of the table took over from another table is copied beside the log,
 * and one more commit names the copies instead. Until then the table reads the files of the other one.
 */
final class CopiedFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
    private static final Pattern DELETED = Pattern.compile("deletion_vector_([0-9a-f-]{36})\\.bin");

    /** What was copied. */
    record Count(long files, long bytes) {}

    private final Configuration conf;
    private final Path table;
    private final Path log;

    CopiedFiles(SparkSession session, String location) {
        this.conf = session.sparkContext().hadoopConfiguration();
        this.table = new Path(location);
        this.log = new Path(table, "_delta_log");
    }

    Count copy() {
        try {
            long version = lastVersion();
            List<JsonNode> actions = actions(version);
            List<ObjectNode> foreign = new ArrayList<>();
            for (JsonNode action : actions) {
                if (action.path("add") instanceof ObjectNode add && absolute(add)) {
                    foreign.add(add);
                }
            }
            if (!foreign.isEmpty()) {
                commit(version, actions, foreign);
            }
            return new Count(
                    foreign.size(),
                    foreign.stream().mapToLong(add -> add.path("size").asLong()).sum());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the files of the clone could not be copied; it reads those of its source", e);
        }
    }

    private static boolean absolute(JsonNode add) {
        return URI.create(add.path("path").asText()).isAbsolute()
                || add.path("path").asText().startsWith("/");
    }

    private long lastVersion() throws IOException {
        long last = -1;
        for (FileStatus file : system(log).listStatus(log)) {
            Matcher name = COMMIT.matcher(file.getPath().getName());
            if (name.matches()) {
                last = Math.max(last, Long.parseLong(name.group(1)));
            }
        }
        return last;
    }

    private Path commitFile(long version) {
        return new Path(log, String.format(Locale.ROOT, "%020d.json", version));
    }

    private List<JsonNode> actions(long version) throws IOException {
        var actions = new ArrayList<JsonNode>();
        Path file = commitFile(version);
        try (var reader = new BufferedReader(new InputStreamReader(system(file).open(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                actions.add(JSON.readTree(line));
            }
        }
        return actions;
    }

    private void commit(long version, List<JsonNode> actions, List<ObjectNode> foreign) throws IOException {
        long now = SteadyClock.millis();
        List<String> lines = foreign.parallelStream()
                .flatMap(add -> List.of(removed(add, now), added(add)).stream())
                .toList();
        var all = new ArrayList<String>();
        all.add(info(version, actions, foreign, now).toString());
        all.addAll(lines);
        new LinkLogStore(conf).write(commitFile(version + 1), all.iterator(), false, conf);
    }

    private ObjectNode info(long version, List<JsonNode> actions, List<ObjectNode> foreign, long now) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode info = root.putObject("commitInfo");
        for (JsonNode action : actions) {
            JsonNode before = action.path("commitInfo");
            if (before.has("inCommitTimestamp")) {
                info.put(
                        "inCommitTimestamp",
                        Math.max(now, before.path("inCommitTimestamp").asLong() + 1));
            }
            if (before.has("operationParameters")) {
                info.set("operationParameters", before.path("operationParameters"));
                info.set("engineInfo", before.path("engineInfo"));
            }
        }
        info.put("timestamp", now).put("operation", "CLONE").put("readVersion", version);
        info.withObject("/operationParameters").put("isShallow", "false");
        info.put("isolationLevel", "Serializable").put("isBlindAppend", false);
        info.put("txnId", UUID.randomUUID().toString());
        info.withObject("/operationMetrics").put("numCopiedFiles", String.valueOf(foreign.size()));
        return root;
    }

    private static String removed(ObjectNode add, long now) {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode remove = root.putObject("remove");
        remove.set("path", add.path("path"));
        remove.put("deletionTimestamp", now).put("dataChange", false).put("extendedFileMetadata", true);
        for (String field :
                List.of("partitionValues", "size", "deletionVector", "baseRowId", "defaultRowCommitVersion")) {
            if (add.hasNonNull(field)) {
                remove.set(field, add.path(field));
            }
        }
        return root.toString();
    }

    private String added(ObjectNode add) {
        ObjectNode copy = add.deepCopy();
        Path source = new Path(URI.create(add.path("path").asText()));
        try {
            copy.put("path", copied(source).toUri().getRawPath());
            if (copy.path("deletionVector") instanceof ObjectNode vector
                    && vector.path("storageType").asText().equals("p")) {
                own(vector);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        copy.put("dataChange", false);
        ObjectNode root = JSON.createObjectNode();
        root.set("add", copy);
        return root.toString();
    }

    /** The name of the copy within the table. */
    private Path copied(Path source) throws IOException {
        Path target = new Path(table, source.getName());
        if (system(target).exists(target)) {
            target = new Path(table, UUID.randomUUID() + "-" + source.getName());
        }
        FileUtil.copy(system(source), source, system(target), target, false, conf);
        return new Path(target.getName());
    }

    /** A file of deleted rows that is the table's own is named by a UUID, written in 20 signs. */
    private void own(ObjectNode vector) throws IOException {
        Path source = new Path(URI.create(vector.path("pathOrInlineDv").asText()));
        Matcher name = DELETED.matcher(source.getName());
        if (!name.matches()) {
            throw new IOException(source + " is no file of deleted rows");
        }
        synchronized (this) {
            Path target = new Path(table, source.getName());
            if (!system(target).exists(target)) {
                FileUtil.copy(system(source), source, system(target), target, false, conf);
            }
        }
        vector.put("storageType", "u").put("pathOrInlineDv", Z85.encode(UUID.fromString(name.group(1))));
    }

    private FileSystem system(Path path) throws IOException {
        return path.getFileSystem(conf);
    }
}
