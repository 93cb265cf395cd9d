package io.slipway.content.dbfs;

/**
 * An upload in pieces that is still open.
 *
 * @param size bytes acknowledged so far
 * @param touchedAt epoch milliseconds of the last piece
 */
record Upload(long handle, DbfsPath path, String owner, boolean overwrite, long size, long touchedAt) {}
