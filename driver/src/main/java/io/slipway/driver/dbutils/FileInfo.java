package io.slipway.driver.dbutils;

import org.apache.hadoop.fs.FileStatus;

/** One line of {@code dbutils.fs.ls}. The accessors carry the names that notebooks use, for Scala and for Python. */
public record FileInfo(String path, String name, long size, long modificationTime) {
    static FileInfo of(FileStatus status) {
        String slash = status.isDirectory() ? "/" : "";
        return new FileInfo(
                status.getPath() + slash,
                status.getPath().getName() + slash,
                status.isDirectory() ? 0 : status.getLen(),
                status.getModificationTime());
    }

    public boolean isDir() {
        return name.endsWith("/");
    }
}
