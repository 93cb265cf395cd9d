package io.slipway.content.dbfs;

/**
 * What a listing says about one path (DBFS API 2.0, {@code FileInfo}).
 *
 * @param size in bytes; 0 for folders
 * @param modifiedAt epoch milliseconds
 */
public record DbfsFile(String path, boolean folder, long size, long modifiedAt) {}
