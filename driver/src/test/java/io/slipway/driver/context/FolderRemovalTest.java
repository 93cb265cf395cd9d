package io.slipway.driver.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {
    @TempDir
    Path scratch;

    private Path filled() throws IOException {
        Path folder = scratch.resolve("context");
        for (int i = 0; i < 50; i++) {
            Path inner = Files.createDirectories(folder.resolve("d" + i).resolve("ü"));
            for (int j = 0; j < 20; j++) {
                Files.writeString(inner.resolve("f" + j), "x");
            }
        }
        return folder;
    }

    @Test
    void a_folder_goes_with_all_that_is_in_it_and_links_are_not_followed() throws IOException {
        Path folder = filled();
        Path outside = Files.createDirectories(scratch.resolve("outside"));
        Files.writeString(outside.resolve("f"), "x");
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Files.createSymbolicLink(folder.resolve("dangling"), scratch.resolve("none"));
        FolderRemoval.remove(folder);
        assertThat(folder).doesNotExist();
        assertThat(outside.resolve("f")).exists();
        FolderRemoval.remove(folder);
    }

    @Test
    void files_that_vanish_meanwhile_hinder_nothing() throws IOException {
        for (int round = 0; round < 5; round++) {
            Path folder = filled();
            var other = CompletableFuture.runAsync(() -> {
                try {
                    FolderRemoval.remove(folder);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            FolderRemoval.remove(folder);
            other.join();
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void a_process_that_still_writes_is_outlasted() throws IOException {
        Path folder = filled();
        var end = new AtomicBoolean();
        var begun = new CompletableFuture<Boolean>();
        var writer = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20 && !end.get(); i++) {
                try {
                    Files.writeString(folder.resolve("late" + i), "x");
                } catch (IOException gone) {
                    return;
                } finally {
                    begun.complete(true);
                }
            }
        });
        begun.join();
        FolderRemoval.remove(folder);
        end.set(true);
        writer.join();
        assertThat(folder).doesNotExist();
    }
}
