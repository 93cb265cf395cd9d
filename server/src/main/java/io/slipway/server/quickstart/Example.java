package io.slipway.server.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.kit.PlatformException;
import io.slipway.store.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code examples/flights}. */
final class Example {
    private static final String CLUSTER_ID = "{{cluster_id}}";

    private final Path folder;

    /** @param root of the project */
    Example(Path root) {
        this.folder = root.resolve("examples").resolve("flights");
        if (!Files.isDirectory(folder)) {
            throw PlatformException.notFound("The example is not at " + folder + ".");
        }
    }

    ObjectNode cluster() {
        return Json.read(text("cluster.json"), ObjectNode.class);
    }

    ObjectNode job(String clusterId) {
        return Json.read(text("job.json").replace(CLUSTER_ID, clusterId), ObjectNode.class);
    }

    /** Notebooks begin with a line that says so (Databricks' source format). */
    List<Path> notebooks() {
        return python().stream().filter(this::isNotebook).toList();
    }

    /** Files that tasks read: Python programs and data. */
    List<Path> files() {
        List<Path> programs =
                python().stream().filter(path -> !isNotebook(path)).toList();
        List<Path> data = list(folder.resolve("data")).stream()
                .filter(path -> !path.toString().endsWith(".md"))
                .toList();
        return Stream.concat(programs.stream(), data.stream()).toList();
    }

    private List<Path> python() {
        return list(folder).stream()
                .filter(path -> path.toString().endsWith(".py"))
                .toList();
    }

    private boolean isNotebook(Path path) {
        return text(path.getFileName().toString()).startsWith("# Databricks notebook source");
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder.resolve(file), e);
        }
    }
}
