package io.slipway.driver.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.SparkContext;
import org.apache.spark.internal.Logging;
import org.apache.spark.sql.SparkSession;

/** Users' programs out of source text. */
public final class Programs {
    private Programs() {}

    /** Compiles the class {@code org.example.Program} with this body; answers where its files are. */
    public static Path compiled(Path folder, String body) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source")).resolve("Program.java");
        Files.writeString(source, "package org.example;\npublic class Program {\n" + body + "\n}\n");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), "-cp", classPath(), "-proc:none", source.toString());
        assertThat(status).isZero();
        return classes;
    }

    /** The same as a jar, which stays: Spark hands the jars that it was given to every later job. */
    public static Path jar(Path folder, String body) throws IOException {
        Path classes = compiled(folder, body);
        Path jar = Files.createTempFile(LocalSpark.dbfs(), "program", ".jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    /** What of Spark the programs name. */
    private static String classPath() {
        return Stream.of(
                        SparkContext.class,
                        SparkSession.class,
                        org.apache.spark.sql.classic.SparkSession.class,
                        Logging.class,
                        scala.Option.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(":"));
    }
}
