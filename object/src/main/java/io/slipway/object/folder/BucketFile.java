package io.slipway.object.folder;

import java.util.Map;

/**
 * One object of a folder.
 *
 * @param name behind the folder's prefix
 * @param modifiedAt epoch milliseconds
 * @param marks what was written at it when it was put; lists do not tell them
 */
public record BucketFile(String name, long size, long modifiedAt, Map<String, String> marks) {
    public BucketFile {
        marks = Map.copyOf(marks);
    }
}
