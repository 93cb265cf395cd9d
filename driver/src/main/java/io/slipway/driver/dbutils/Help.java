package io.slipway.driver.dbutils;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code help} answers: for dbutils, for each part of it, and for each command of a part. */
public final class Help {
    private static final Map<String, Part> PARTS = parts();

    private Help() {}

    /** @param commands signature and what it does, by name */
    private record Part(String about, Map<String, String> commands) {}

    private static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        part(
                parts,
                "credentials",
                "Roles of a cloud: there are none on this platform",
                "showCurrentRole",
                "showCurrentRole: List -> The role that is set: none",
                "showRoles",
                "showRoles: List -> The roles that can be set: none");
        part(
                parts,
                "data",
                "Looks at data",
                "summarize",
                "summarize(df: Object, precise: boolean = false): void -> Shows statistics of the columns of a DataFrame; counts of"
                        + " distinct values and quantiles are exact if precise is true, else close");
        part(
                parts,
                "fs",
                "Files of DBFS and of whatever else Spark can read; a path without a scheme is on dbfs:/",
                "cp",
                "cp(from: String, to: String, recurse: boolean = false): boolean -> Copies a file or directory",
                "head",
                "head(file: String, maxBytes: int = 65536): String -> Returns the first bytes of a file as text",
                "ls",
                "ls(dir: String): Seq -> Lists the contents of a directory",
                "mkdirs",
                "mkdirs(dir: String): boolean -> Creates the directory, and its parents where they are missing",
                "mount",
                "mount(source: String, mountPoint: String, encryptionType: String = \"\", owner: String = null,"
                        + " extraConfigs: Map = Map.empty): boolean -> Mounts a bucket of S3 in DBFS, for all of the workspace;"
                        + " each cluster reads and writes it with its own instance profile",
                "mounts",
                "mounts: Seq -> Lists what is mounted",
                "mv",
                "mv(from: String, to: String, recurse: boolean = false): boolean -> Moves a file or directory",
                "put",
                "put(file: String, contents: String, overwrite: boolean = false): boolean -> Writes text to a file",
                "refreshMounts",
                "refreshMounts: boolean -> Every node sees the same mounts at any time: returns true",
                "rm",
                "rm(dir: String, recurse: boolean = false): boolean -> Removes a file or directory",
                "unmount",
                "unmount(mountPoint: String): boolean -> Takes a mount away; what is in the bucket stays",
                "updateMount",
                "updateMount(source: String, mountPoint: String): boolean -> Lets a mount show another bucket or prefix");
        part(
                parts,
                "jobs",
                "Jobs: dbutils.jobs.taskValues",
                "taskValues",
                "taskValues: values that tasks of a job run hand to later tasks; see dbutils.jobs.taskValues.help()");
        part(
                parts,
                "jobs.taskValues",
                "Values that tasks of a job run hand to later tasks",
                "get",
                "get(taskKey: String, key: String, default: Object, debugValue: Object): Object -> The value that a task has set;"
                        + " outside of jobs debugValue",
                "set",
                "set(key: String, value: Object): void -> Sets a value of this task, of at most 48 KiB as JSON");
        part(
                parts,
                "library",
                "The Python process of this notebook",
                "restartPython",
                "restartPython: void -> Starts a new Python process: variables and imports are gone, packages, widgets and temporary"
                        + " views stay");
        part(
                parts,
                "notebook",
                "Running other notebooks, and ending this one",
                "exit",
                "exit(value: String): void -> Ends the notebook with a value",
                "getContext",
                "getContext: Context -> Where this code runs: notebook, user, cluster, run, address of the platform",
                "run",
                "run(path: String, timeoutSeconds: int, arguments: Map): String -> Runs another notebook as a job run of its own, and"
                        + " returns its exit value; 0 seconds mean no limit");
        part(
                parts,
                "secrets",
                "Secrets of the workspace, for those who may read them; outputs show [REDACTED] in the place of their values",
                "get",
                "get(scope: String, key: String): String -> Returns the value of a secret as text",
                "getBytes",
                "getBytes(scope: String, key: String): byte[] -> Returns the value of a secret as bytes",
                "list",
                "list(scope: String): Seq -> Lists the keys of a scope",
                "listScopes",
                "listScopes: Seq -> Lists the scopes of the workspace");
        part(
                parts,
                "widgets",
                "Inputs of a notebook",
                "combobox",
                "combobox(name: String, defaultValue: String, choices: Seq, label: String): void -> An input with proposals",
                "dropdown",
                "dropdown(name: String, defaultValue: String, choices: Seq, label: String): void -> An input with fixed choices",
                "get",
                "get(name: String): String -> The value of a widget",
                "getAll",
                "getAll: Map -> The values of all widgets",
                "getArgument",
                "getArgument(name: String, default: String): String -> The value of a widget, else the default; get is newer",
                "multiselect",
                "multiselect(name: String, defaultValue: String, choices: Seq, label: String): void -> An input of which several"
                        + " choices may be taken; its value is joined by commas",
                "remove",
                "remove(name: String): void -> Removes a widget",
                "removeAll",
                "removeAll: void -> Removes all widgets",
                "text",
                "text(name: String, defaultValue: String, label: String): void -> An input for text");
        return parts;
    }

    private static void part(Map<String, Part> parts, String name, String about, String... commands) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < commands.length; i += 2) {
            all.put(commands[i], commands[i + 1]);
        }
        parts.put(name, new Part(about, all));
    }

    /** Of dbutils as a whole. */
    public static String all() {
        var text = new StringBuilder(
                "dbutils has these parts; dbutils.help(\"fs\") or dbutils.fs.help() tells of one.\n\n");
        PARTS.forEach((name, part) ->
                text.append(name).append(" -> ").append(part.about()).append('\n'));
        return text.toString();
    }

    /** Of one part, {@code fs} say. */
    public static String of(String name) {
        Part part = part(name);
        return "dbutils." + name + ": " + part.about() + "\n\n"
                + String.join("\n", part.commands().values()) + "\n";
    }

    /** Of one command of a part. */
    public static String of(String name, String command) {
        String text = part(name).commands().get(command);
        if (text == null) {
            throw new IllegalArgumentException("dbutils." + name + " has no command " + command + ". It has: "
                    + String.join(", ", part(name).commands().keySet()));
        }
        return text + "\n";
    }

    private static Part part(String name) {
        Part part = PARTS.get(name);
        if (part == null) {
            throw new IllegalArgumentException(
                    "dbutils has no part " + name + ". It has: " + String.join(", ", PARTS.keySet()));
        }
        return part;
    }
}
