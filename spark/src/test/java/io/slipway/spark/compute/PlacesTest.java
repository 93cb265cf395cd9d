package io.slipway.spark.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.kit.WorkspaceId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class PlacesTest {
    private static final String PYTHON =
            Optional.ofNullable(System.getProperty("slipway.python")).orElse("python3");

    @TempDir
    private Path folder;

    private Path workspace;
    private Places places;

    @BeforeEach
    void make() throws IOException {
        Path workspaces = folder.resolve("workspaces");
        workspace = Files.createDirectories(workspaces.resolve(String.valueOf(WorkspaceId.FIRST.number())));
        Path dbfs = Files.createDirectories(folder.resolve("dbfs = all"));
        places = new Places(workspace -> dbfs, workspaces, Optional.empty());
    }

    /** What a shell says in the view that programs of a node have. */
    private String says(String script) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(folder.resolve("node/driver"));
        Files.writeString(directory.resolve("places.py"), Places.program().content());
        List<String> command = new ArrayList<>(places.command(PYTHON, directory, WorkspaceId.FIRST));
        command.addAll(List.of("/bin/sh", "-c", script));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    private boolean possible() throws IOException, InterruptedException {
        return says("echo \"why:$SLIPWAY_PLACES\"").endsWith("why:");
    }

    @Test
    void programs_find_the_folders_at_the_paths_of_notebooks() throws IOException, InterruptedException {
        if (!possible()) {
            assertThat(says("echo $SLIPWAY_PLACES")).contains("without /Workspace, /dbfs: ");
            return;
        }
        Files.writeString(workspace.resolve("f"), "of the workspace");
        assertThat(says("cat /Workspace/f; echo made > /dbfs/g; pwd"))
                .isEqualTo("of the workspace" + folder.toRealPath().resolve("node/driver"));
        assertThat(folder.resolve("dbfs = all/g")).content().isEqualTo("made\n");
    }

    @Test
    void where_dbfs_is_no_folder_nothing_is_written_to_one() throws IOException, InterruptedException {
        Path why = Files.writeString(folder.resolve("why"), "on a bucket");
        places = new Places(workspace -> folder.resolve("none"), folder.resolve("workspaces"), Optional.of(why));
        if (!possible()) {
            return;
        }
        assertThat(says("cat /dbfs; mkdir -p /dbfs/x || true; echo lost > /dbfs/f || true"))
                .startsWith("on a bucket")
                .contains("Not a directory");
        assertThat(why).content().isEqualTo("on a bucket");
    }

    @Test
    void what_programs_make_beside_the_machines_folders_is_the_nodes() throws IOException, InterruptedException {
        if (!possible()) {
            return;
        }
        says("echo one > /made-by-a-test && mkdir /folder-of-a-test");
        assertThat(Path.of("/made-by-a-test")).doesNotExist();
        assertThat(says("cat /made-by-a-test; ls -d /folder-of-a-test")).isEqualTo("one\n/folder-of-a-test");
        assertThat(folder.resolve("node/root/made-by-a-test")).exists();
    }

    @Test
    void the_program_is_the_same_process_with_the_same_user() throws IOException, InterruptedException {
        String me = String.valueOf(Files.getAttribute(folder, "unix:uid"));
        assertThat(says("id -u; test $$ = $(cut -d' ' -f1 /proc/self/stat) || ps -o ppid= -p $$ | tr -d ' '"))
                .startsWith(me)
                .endsWith(String.valueOf(ProcessHandle.current().pid()));
    }

    @Test
    void paths_of_the_tree_and_of_dbfs_have_places_on_the_node() {
        assertThat(Places.local("/Users/a/f.py")).isEqualTo("/Workspace/Users/a/f.py");
        assertThat(Places.local("/Workspace/Users/a/f.py")).isEqualTo("/Workspace/Users/a/f.py");
        assertThat(Places.local("dbfs:/a/f.py")).isEqualTo("/dbfs/a/f.py");
        assertThat(Places.local("dbfs:///a/f.py")).isEqualTo("/dbfs/a/f.py");
        assertThat(Places.folderOf("/Users/a/notebook")).isEqualTo("/Workspace/Users/a");
        assertThat(Places.folderOf("/notebook")).isEqualTo("/Workspace");
        assertThat(Places.folderOf("")).isEmpty();
    }
}
