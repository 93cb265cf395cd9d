package io.slipway.object.version;

/** A version as lists tell of it; texts as they stand in the row. */
record Listed(
        String key,
        long rank,
        String id,
        boolean current,
        boolean marker,
        long at,
        long size,
        String etag,
        String storageClass,
        String owner,
        String checksum) {}
