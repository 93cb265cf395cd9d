package io.slipway.content.tree;

/**
 * What is remembered of a file or folder on the disk, to tell whether it is still the one that was seen: other values mean that
 * somebody wrote it, the same key at another path that it was moved.
 *
 * @param key the number that the file system gives to it; 0 = not on the disk yet
 * @param time of its last change, epoch milliseconds by the machine's clock; 0 for folders
 * @param size bytes; 0 for folders
 */
record FileMark(long key, long time, long size) {
    static final FileMark NONE = new FileMark(0, 0, 0);

    boolean onDisk() {
        return key != 0;
    }
}
