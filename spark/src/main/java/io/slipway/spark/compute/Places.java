package io.slipway.spark.compute;

import io.slipway.kit.WorkspaceId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Folders of the machine that the programs of a cluster find at the paths which notebooks know (decision 009).
 *
 * @param dbfs the folder of a workspace that is found at {@code /dbfs}
 * @param workspaces holds a folder for the files of each workspace; the cluster's is found at {@code /Workspace}
 * @param insteadOfDbfs a file that is found at {@code /dbfs} where DBFS is no folder, so that nothing is written there by mistake
 */
public record Places(Function<WorkspaceId, Path> dbfs, Path workspaces, Optional<Path> insteadOfDbfs) {
    /** The program that makes the paths and becomes another one. */
    private static final String PROGRAM = "places.py";

    private static final String WORKSPACE = "/Workspace";

    /**
     * Where programs find a file.
     *
     * @param path in the tree, or {@code dbfs:/…}
     */
    public static String local(String path) {
        if (path.startsWith("dbfs:")) {
            return "/dbfs/" + path.substring("dbfs:".length()).replaceFirst("^/+", "");
        }
        return path.startsWith(WORKSPACE + "/") ? path : WORKSPACE + path;
    }

    /** Where programs find the folder of a notebook; blank if there is no notebook. */
    public static String folderOf(String notebookPath) {
        return notebookPath.isEmpty() ? "" : local(notebookPath.substring(0, notebookPath.lastIndexOf('/')));
    }

    /** What stands before a program's own command line. */
    List<String> command(String python, Path directory, WorkspaceId workspace) {
        Map<String, Path> folders = new TreeMap<>();
        folders.put("/dbfs", insteadOfDbfs.orElseGet(() -> dbfs.apply(workspace)));
        folders.put(WORKSPACE, workspaces.resolve(String.valueOf(workspace.number())));
        List<String> command = new ArrayList<>(List.of(
                python,
                "-I",
                "-S",
                directory.resolve(PROGRAM).toString(),
                // Of the whole node: its programs see what each of them makes beside the machine's folders.
                directory.resolveSibling("root").toString()));
        folders.forEach((path, folder) -> command.add(path + "=" + folder));
        command.add("--");
        return command;
    }

    static WantedProcess.FileToWrite program() {
        try (InputStream in = Places.class.getResourceAsStream(PROGRAM)) {
            if (in == null) {
                throw new IllegalStateException(PROGRAM + " is missing from the jar");
            }
            return new WantedProcess.FileToWrite(PROGRAM, new String(in.readAllBytes(), StandardCharsets.UTF_8), "600");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
