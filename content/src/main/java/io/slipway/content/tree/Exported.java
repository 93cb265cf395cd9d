package io.slipway.content.tree;

/** Bytes on their way out. */
public final class Exported {
    private final String fileName;
    private final byte[] content;

    Exported(String fileName, byte[] content) {
        this.fileName = fileName;
        this.content = content;
    }

    /** What to call it on a disk, extension included. */
    public String fileName() {
        return fileName;
    }

    /** The extension, such as {@code py}, {@code ipynb}, {@code zip}; may be empty for files. */
    public String fileType() {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? "" : fileName.substring(dot + 1);
    }

    /** Not to be changed by the reader. */
    public byte[] content() {
        return content;
    }
}
