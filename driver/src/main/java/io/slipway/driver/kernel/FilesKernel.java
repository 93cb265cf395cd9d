package io.slipway.driver.kernel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.driver.command.Command;
import io.slipway.driver.command.Scope;
import io.slipway.driver.dbutils.FileInfo;
import io.slipway.driver.dbutils.FileTools;
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
                if (!words.isEmpty()) {
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
        boolean recurse = words.contains("-r") || words.contains("--recurse") || words.contains("--recurse=true");
        List<String> args =
                words.stream().skip(1).filter(word -> !word.startsWith("-")).toList();
        switch (words.get(0)) {
            case "ls" -> frames.display(Mime.TABLE, table(fs.ls(argument(args, 0))));
            case "cp" -> done(fs.cp(argument(args, 0), argument(args, 1), recurse), frames);
            case "mv" -> done(fs.mv(argument(args, 0), argument(args, 1), recurse), frames);
            case "rm" -> done(fs.rm(argument(args, 0), recurse), frames);
            case "mkdirs" -> done(fs.mkdirs(argument(args, 0)), frames);
            case "put" -> done(fs.put(argument(args, 0), argument(args, 1), true), frames);
            case "head" -> frames.stream("stdout", fs.head(argument(args, 0)));
            case "help" -> frames.stream("stdout", fs.help());
            default -> throw new IllegalArgumentException("%fs does not know " + words.get(0) + "\n" + fs.help());
        }
    }

    private static void done(boolean success, Frames frames) {
        frames.stream("stdout", success + "\n");
    }

    private static String argument(List<String> args, int index) {
        if (index >= args.size()) {
            throw new IllegalArgumentException("an argument is missing");
        }
        return args.get(index);
    }

    private static ObjectNode table(List<FileInfo> files) {
        ObjectNode table = Json.object();
        ArrayNode schema = table.putArray("schema");
        List.of("path", "name").forEach(name -> column(schema, name, "\"string\""));
        List.of("size", "modificationTime").forEach(name -> column(schema, name, "\"long\""));
        ArrayNode data = table.putArray("data");
        files.forEach(
                f -> data.addArray().add(f.path()).add(f.name()).add(f.size()).add(f.modificationTime()));
        table.put("truncated", false);
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
