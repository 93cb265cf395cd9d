package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.runtime.RuntimeInstaller;
import io.slipway.runtime.RuntimeLine;
import io.slipway.runtime.RuntimeLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeInstallsTest {
    private static final String TAG = "cp311-linux-x86_64";

    @TempDir
    Path folder;

    private final List<Runnable> background = new ArrayList<>();

    @Test
    void a_runtime_whose_folder_is_deleted_is_installed_anew_when_it_is_needed() throws IOException {
        RuntimeLine line = RuntimeLines.bundled().newest();
        Path runtime = folder.resolve(
                "runtimes/" + line.id() + "-" + TAG + "-" + line.lock().hash());
        Files.createDirectories(runtime);
        Path complete = Files.writeString(runtime.resolve("complete.json"), "{}");
        Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\necho " + TAG + "\n");
        assertThat(python.toFile().setExecutable(true)).isTrue();
        RuntimeInstalls installs =
                new RuntimeInstalls(new RuntimeInstaller(folder, folder, python.toString()), background::add);
        assertThat(installs.ensure(line)).isInstanceOf(RuntimeInstalls.Status.Ready.class);
        assertThat(background).isEmpty();

        Files.delete(complete);
        Files.delete(runtime);

        assertThat(installs.ensure(line)).isInstanceOf(RuntimeInstalls.Status.Installing.class);
        assertThat(installs.ensure(line)).isInstanceOf(RuntimeInstalls.Status.Installing.class);
        assertThat(installs.ready()).isEmpty();
        assertThat(background).as("begun once").hasSize(1);
    }
}
