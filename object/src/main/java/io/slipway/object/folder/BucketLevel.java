package io.slipway.object.folder;

import java.util.List;

/**
 * What is directly below a name that ends with a slash.
 *
 * @param files with the object of that very name, if there is one
 * @param folders names that end with a slash, with something below
 */
public record BucketLevel(List<BucketFile> files, List<String> folders) {
    public BucketLevel {
        files = List.copyOf(files);
        folders = List.copyOf(folders);
    }
}
