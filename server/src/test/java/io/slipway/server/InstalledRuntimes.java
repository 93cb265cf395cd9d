package io.slipway.server;

import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import io.slipway.spark.compute.RuntimeInstalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** Runtimes that are nothing but their marks, for an interpreter that only says its name. */
final class InstalledRuntimes {
    private static final String TAG = "cp311-linux-x86_64";

    private InstalledRuntimes() {}

    static RuntimeInstalls in(Path home, RuntimeLines lines, Executor background) throws IOException {
        for (RuntimeLine line : lines.all()) {
            mark(home, line);
        }
        return missing(home, background);
    }

    /** As {@link #in} before anything is installed. */
    static RuntimeInstalls missing(Path home, Executor background) throws IOException {
        Path python = home.resolve("python");
        Files.writeString(python, "#!/bin/sh\necho " + TAG + "\n");
        if (!python.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + python + " executable");
        }
        return new RuntimeInstalls(new RuntimeInstaller(home, home, python.toString()), background);
    }

    /** The line is installed, whoever did it. */
    static void mark(Path home, RuntimeLine line) throws IOException {
        Path directory = home.resolve("runtimes")
                .resolve(line.id() + "-" + TAG + "-" + line.lock().hash());
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("complete.json"), "{}");
    }
}
