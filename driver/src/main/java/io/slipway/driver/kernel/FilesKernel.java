package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.dbutils.FileInfo;
import io.slipway.driver.dbutils.FileTools;
import io.slipway.driver.dbutils.Help;
import io.slipway.driver.dbutils.MountInfo;
import io.slipway.driver.json.Json;
import io.slipway.driver.output.Frames;
import io.slipway.protocol.driver.CommandSpec;
import io.slipway.protocol.driver.CommandStatus.Outcome;
import io.slipway.protocol.driver.Mime;
import java.io.IOException;
import java.util.List;

/** {@code %fs}: the commands of {@code dbutils.fs} as a command line. */
public final class FilesKernel implements Kernel {
    private final Scope scope;
    private final RunningThread running = new RunningThread();

    public FilesKernel(Scope scope) {
        this.scope = scope;
    }

    @Override
    public Outcome run(Command command) {
        running.begin();
        try {
            for (String line : ((CommandSpec.Code) command.spec()).code().split("\n")) {
                List<String> words = Words.of(line);
                if (!words.isEmpty() && !words.get(0).startsWith("#")) {
                    line(words, command.frames());
                }
            }
            return Outcome.OK;
        } catch (IOException | RuntimeException e) {
            return ErrorFrames.write(command.frames(), e);
        } finally {
            running.end();
        }
    }

    private void line(List<String> words, Frames frames) throws IOException {
        FileTools fs = scope.files();
        var line = new Words.Options(words.subList(1, words.size()));
        switch (words.get(0)) {
            case "ls" -> {
                line.atMost(1);
                frames.display(Mime.TABLE, table(fs.list(line.or(0, "dbfs:/"))));
            }
            case "cp" -> {
                boolean recurse = line.flag(2, "-r", "--recurse");
                done(fs.cp(line.of(0, "from"), line.of(1, "to"), recurse), frames);
            }
            case "mv" -> {
                boolean recurse = line.flag(2, "-r", "--recurse");
                done(fs.mv(line.of(0, "from"), line.of(1, "to"), recurse), frames);
            }
            case "rm" -> {
                boolean recurse = line.flag(1, "-r", "--recurse");
                done(fs.rm(line.of(0, "dir"), recurse), frames);
            }
            case "mkdirs" -> {
                line.atMost(1);
                done(fs.mkdirs(line.of(0, "dir")), frames);
            }
            case "put" -> {
                boolean overwrite = line.flag(2, "-f", "--overwrite");
                done(fs.put(line.of(0, "file"), line.of(1, "contents"), overwrite), frames);
            }
            case "head" -> {
                line.atMost(2);
                frames.stream("stdout", fs.head(line.of(0, "file"), line.number(1, 65_536)));
            }
            case "mounts" -> frames.display(Mime.TABLE, mounts(fs.mountList()));
            case "refreshMounts" -> done(fs.refreshMounts(), frames);
            case "mount" -> {
                line.atMost(2);
                done(fs.mount(line.of(0, "source"), line.of(1, "mountPoint")), frames);
            }
            case "updateMount" -> {
                line.atMost(2);
                done(fs.updateMount(line.of(0, "source"), line.of(1, "mountPoint")), frames);
            }
            case "unmount" -> {
                line.atMost(1);
                done(fs.unmount(line.of(0, "mountPoint")), frames);
            }
            case "help" -> {
                line.atMost(1);
                String command = line.or(0, "");
                frames.stream("stdout", command.isEmpty() ? Help.of("fs") : Help.of("fs", command));
            }
            default -> throw new IllegalArgumentException("%fs does not know " + words.get(0) + "\n" + Help.of("fs"));
        }
    }

    private static void done(boolean success, Frames frames) {
        frames.stream("stdout", success + "\n");
    }

    static ObjectNode table(List<FileInfo> files) {
        ObjectNode table = Json.object().put("truncated", false);
        ArrayNode schema = table.putArray("schema");
        List.of("path", "name").forEach(name -> column(schema, name, "\"string\""));
        List.of("size", "modificationTime").forEach(name -> column(schema, name, "\"long\""));
        ArrayNode data = table.putArray("data");
        files.forEach(
                f -> data.addArray().add(f.path()).add(f.name()).add(f.size()).add(f.modificationTime()));
        return table;
    }

    private static ObjectNode mounts(List<MountInfo> mounts) {
        ObjectNode table = Json.object().put("truncated", false);
        ArrayNode schema = table.putArray("schema");
        List.of("mountPoint", "source", "encryptionType").forEach(name -> column(schema, name, "\"string\""));
        ArrayNode data = table.putArray("data");
        mounts.forEach(m -> data.addArray().add(m.mountPoint()).add(m.source()).add(m.encryptionType()));
        return table;
    }

    private static void column(ArrayNode schema, String name, String type) {
        schema.addObject().put("name", name).put("type", type).put("nullable", false);
    }

    @Override
    public void interrupt() {
        running.interrupt();
    }

    @Override
    public void close() {}
}
