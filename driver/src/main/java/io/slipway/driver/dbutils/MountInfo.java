package io.slipway.driver.dbutils;

/** One line of {@code dbutils.fs.mounts}: what is seen at which path of DBFS. */
public record MountInfo(String mountPoint, String source, String encryptionType) {}
