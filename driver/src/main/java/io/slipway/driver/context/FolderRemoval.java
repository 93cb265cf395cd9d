package io.slipway.driver.context;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes a folder while those who used it may still come to their end: what vanishes meanwhile is as good as deleted. */
final class FolderRemoval extends SimpleFileVisitor<Path> {
    private static final int PASSES = 3;

    private FolderRemoval() {}

    /** Files that appear meanwhile are deleted in a later pass; throws what the last one met. */
    static void remove(Path folder) throws IOException {
        for (int pass = 1; Files.exists(folder); pass++) {
            try {
                Files.walkFileTree(folder, new FolderRemoval());
            } catch (IOException e) {
                if (pass == PASSES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        return goOn(e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
        Files.deleteIfExists(folder);
        return goOn(e);
    }

    private static FileVisitResult goOn(@Nullable IOException e) throws IOException {
        if (e != null && !(e instanceof NoSuchFileException)) {
            throw e;
        }
        return FileVisitResult.CONTINUE;
    }
}
