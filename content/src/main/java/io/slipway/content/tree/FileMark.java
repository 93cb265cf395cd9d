package io.slipway.content.tree;

/**
 * What is remembered of a file or folder on the disk, to tell whether it is still the one that was seen: other values mean that
 * somebody wrote it, the same key at another path that it was moved.
 *
 * @param key the number that the file system gives to it; 0 = not on the disk yet
 * @param time of a file's last change, of a folder's making; epoch milliseconds by the machine's clock. A file system gives the key of what
 *     is gone to what is made next: only with its time it names one thing
 * @param size bytes; 0 for folders
 */
record FileMark(long key, long time, long size) {
    static final FileMark NONE = new FileMark(0, 0, 0);

    boolean onDisk() {
        return key != 0;
    }
}
