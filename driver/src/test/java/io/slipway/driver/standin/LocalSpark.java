package io.slipway.driver.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The one Spark of all tests that need no cluster; it starts at the first call and ends with the JVM. */
public final class LocalSpark {
    private static @Nullable SparkSession session;

    private LocalSpark() {}

    public static synchronized SparkSession session() {
        SparkSession running = session;
        if (running == null) {
            try {
                Path folder = Files.createTempDirectory("spark");
                running = SparkSession.builder()
                        .master("local[2]")
                        .appName("tests")
                        .config("spark.ui.enabled", "false")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.sql.shuffle.partitions", "2")
                        .config("spark.sql.session.timeZone", "UTC")
                        .config(
                                "spark.sql.warehouse.dir",
                                folder.resolve("warehouse").toUri().toString())
                        .config(
                                "spark.repl.class.outputDir",
                                Files.createDirectories(folder.resolve("classes"))
                                        .toString())
                        .config("spark.local.dir", folder.toString())
                        .config("spark.hadoop.fs.dbfs.impl", "io.slipway.driver.files.DbfsFileSystem")
                        .config(
                                "spark.hadoop.fs.dbfs.root",
                                Files.createDirectories(folder.resolve("dbfs")).toString())
                        .getOrCreate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            session = running;
        }
        return running;
    }

    /** The folder behind {@code dbfs:/}. */
    public static Path dbfs() {
        return Path.of(session().sparkContext().hadoopConfiguration().get("fs.dbfs.root"));
    }
}
